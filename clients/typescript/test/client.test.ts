import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ApiError,
  accepted,
  IncentiveBillsDocument,
  newKey,
  OpportunityCreateDocument,
  OpportunityUpdateDocument,
  PartnerCreateDocument,
  type PartnerCreateInput,
  PartnersDocument,
  Refused,
  rows,
  sum,
  ViewerDocument,
} from '../src/index.js'
import { as } from './served.js'

function newPartner(): PartnerCreateInput {
  const key = newKey()
  return { idempotencyKey: key, kind: 'SOLUTION_PROVIDER', name: `Client ${key}`, region: 'East' }
}

test('a token says who asks', async () => {
  const { viewer } = await as('distributor').query(ViewerDocument)
  assert.equal(viewer.kind, 'PARTNER')
  assert.ok(viewer.partner?.id.startsWith('partner_'))
  const operator = await as('operator').query(ViewerDocument)
  assert.deepEqual([...operator.viewer.roles].sort(), ['ADMINISTRATOR', 'OPERATIONS'])
})

test('a token is asked for each request', async () => {
  const tokens = ['not a token']
  const center = as('operator', { token: async () => tokens.shift() ?? (await import('./served.js')).tokenOf('operator') })
  await assert.rejects(center.query(ViewerDocument), { name: 'ApiError', code: 'UNAUTHENTICATED', status: 401 })
  await center.query(ViewerDocument)
})

test('every row of a list comes once, whatever the size of its pages', async () => {
  const all = (first: number) => rows(as('operator'), PartnersDocument, { first }, (answer) => answer.partners)
  const ids = async (first: number) => {
    const found: string[] = []
    for await (const partner of all(first)) found.push(partner.id)
    return found
  }
  const [large, small] = [await ids(100), await ids(3)]
  assert.ok(large.length > 6, `${large.length}`)
  assert.deepEqual(small, large)
  assert.equal(new Set(large).size, large.length)
})

test('what is sent twice under one key is done once', async () => {
  const operator = as('operator')
  const input = newPartner()
  const first = accepted((await operator.mutate(PartnerCreateDocument, { input })).partnerCreate)
  const again = accepted((await operator.mutate(PartnerCreateDocument, { input })).partnerCreate)
  assert.deepEqual(again, first)
  const other = await operator.mutate(PartnerCreateDocument, { input: { ...input, region: 'West' } })
  assert.throws(
    () => accepted(other.partnerCreate),
    (error: Refused) => error.userErrors[0]?.code === 'IDEMPOTENCY_KEY_REUSED',
  )
})

test('a refusal says which field of the input is at fault', async () => {
  const input = { ...newPartner(), name: '' }
  const { partnerCreate } = await as('operator', { language: 'zh-CN' }).mutate(PartnerCreateDocument, { input })
  try {
    accepted(partnerCreate)
    assert.fail('an empty name is refused')
  } catch (error) {
    assert.ok(error instanceof Refused)
    assert.equal(error.userErrors[0]?.code, 'INVALID')
    assert.deepEqual(error.userErrors[0]?.path?.at(-1), 'name')
    assert.match(error.message, /\p{Script=Han}/u)
  }
})

test('a change of what somebody else changed first is a conflict', async () => {
  const partner = as('distributor')
  const create = { idempotencyKey: newKey(), fields: { name: 'Data centre' } }
  const { opportunity } = accepted((await partner.mutate(OpportunityCreateDocument, { input: create })).opportunityCreate)
  assert.ok(opportunity)
  const update = (name: string) => {
    const input = { idempotencyKey: newKey(), id: opportunity.id, expectedVersion: opportunity.version, fields: { name } }
    return partner.mutate(OpportunityUpdateDocument, { input })
  }
  accepted((await update('Data centre, north')).opportunityUpdate)
  const late = (await update('Data centre, south')).opportunityUpdate
  assert.throws(() => accepted(late), (error: Refused) => error.isConflict)
  const [conflict] = late?.userErrors ?? []
  assert.ok(conflict?.__typename === 'VersionConflict')
  assert.equal(conflict.current?.id, opportunity.id)
})

test('what one may not do is an error with a code', async () => {
  const refused = as('customer').mutate(PartnerCreateDocument, { input: newPartner() })
  await assert.rejects(refused, (error: ApiError) => {
    assert.ok(error instanceof ApiError)
    assert.equal(error.code, 'FORBIDDEN')
    assert.equal(error.retryable, false)
    return true
  })
})

test('a bad variable is an error with a code and a request id', async () => {
  const refused = as('operator').query(IncentiveBillsDocument, { filter: { month: { eq: '2026-13' } } })
  await assert.rejects(refused, (error: ApiError) => error.code === 'BAD_USER_INPUT' && Boolean(error.requestId))
})

test('amounts are added without a float', async () => {
  const bills = rows(as('operator'), IncentiveBillsDocument, {}, (answer) => answer.incentiveBills)
  const amounts: string[] = []
  for await (const bill of bills) if (bill.amount.currencyCode === 'CNY') amounts.push(bill.amount.amount)
  assert.ok(amounts.length > 0)
  assert.match(sum(amounts), /^-?\d+\.\d{2,6}$/)
  assert.equal(sum(['0.1', '0.2', '-0.000001']), '0.299999')
  assert.equal(sum(['9007199254740993.01', '0.01']), '9007199254740993.02')
})
