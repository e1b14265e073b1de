import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import {
  ApiError,
  accepted,
  ExportCreateDocument,
  ExportProgressDocument,
  FileDocument,
  ImportProgressDocument,
  newKey,
  sendBill,
  storeFile,
} from '../src/index.js'
import { as } from './served.js'

/** The smallest picture there is. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

test('a file is stored and opened without a token', async () => {
  const partner = as('distributor')
  const input = { idempotencyKey: newKey(), name: 'plan.png', purpose: 'OPPORTUNITY' } as const
  const id = await storeFile(partner, input, PNG)
  const { file } = await partner.query(FileDocument, { id })
  assert.equal(file?.state, 'STORED')
  assert.equal(file?.sha256, createHash('sha256').update(PNG).digest('hex'))
  const opened = await fetch(file?.downloadUrl ?? '')
  assert.deepEqual(Buffer.from(await opened.arrayBuffer()), PNG)
  const spoiled = `${file?.downloadUrl}x`
  await assert.rejects(partner.download(spoiled), { code: 'LINK_EXPIRED', status: 403 })
})

test('a file that is not what its name says is refused with a code', async () => {
  const input = { idempotencyKey: newKey(), name: 'plan.pdf', purpose: 'OPPORTUNITY' } as const
  await assert.rejects(storeFile(as('distributor'), input, PNG), (error: ApiError) => {
    assert.ok(error instanceof ApiError)
    assert.equal(error.code, 'FILE_KIND')
    assert.equal(error.status, 422)
    return true
  })
})

test('an export is followed until it can be fetched', async () => {
  const operator = as('operator')
  const input = { idempotencyKey: newKey(), what: 'INCENTIVE_BILLS', format: 'CSV' } as const
  const { export: job } = accepted((await operator.mutate(ExportCreateDocument, { input })).exportCreate)
  assert.ok(job)
  const states: string[] = []
  let downloadUrl: string | null | undefined
  for await (const { exportProgress } of operator.subscribe(ExportProgressDocument, { id: job.id })) {
    states.push(exportProgress.state)
    downloadUrl = exportProgress.downloadUrl
  }
  assert.equal(states.at(-1), 'COMPLETED')
  const text = await (await operator.download(downloadUrl ?? '')).text()
  assert.ok(text.includes('CNY'))
})

test('a bill is sent and followed until its receipt is there', async () => {
  const operator = as('operator')
  const bill = 'BillingAccountId,BilledCost\n1,NaN\n'
  const input = { idempotencyKey: newKey(), fileName: 'bill.csv', settled: true }
  const id = await sendBill(operator, input, bill)
  let last = ''
  for await (const { importProgress } of operator.subscribe(ImportProgressDocument, { id })) last = importProgress.state
  // It is no bill: what is wrong with it is said, and nothing of it is taken in.
  assert.equal(last, 'FAILED')
})
