import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newKey, PartnerCenter, PartnerCreateDocument, ViewerDocument } from '../src/index.js'
import { tokenOf, url } from './served.js'

/** A network that fails a few times, then lets through to the program. */
function failing(failures: (() => Response)[]) {
  const sent: string[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    sent.push(String(init?.body))
    const failure = failures.shift()
    return failure ? failure() : globalThis.fetch(input, init)
  }
  return { sent, center: new PartnerCenter({ url, token: tokenOf('operator'), fetch }) }
}

const away = () => {
  throw new TypeError('fetch failed')
}
const busy = () => {
  const error = { message: 'Busy.', extensions: { code: 'UNAVAILABLE', retryable: true } }
  const headers = { 'content-type': 'application/graphql-response+json', 'retry-after': '0' }
  return new Response(JSON.stringify({ errors: [error] }), { status: 503, headers })
}

test('a query is repeated while the server is away or busy', async () => {
  const { sent, center } = failing([away, busy])
  await center.query(ViewerDocument)
  assert.equal(sent.length, 3)
})

test('a mutation with a key is repeated as it was', async () => {
  const { sent, center } = failing([away])
  const key = newKey()
  const input = { idempotencyKey: key, kind: 'DISTRIBUTOR', name: `Client ${key}`, region: 'East' } as const
  const { partnerCreate } = await center.mutate(PartnerCreateDocument, { input })
  assert.equal(partnerCreate?.userErrors.length, 0)
  assert.equal(sent.length, 2)
  assert.equal(sent[0], sent[1])
})

test('what stays away is an error that may be repeated later', async () => {
  const { sent, center } = failing([away, away, away, away])
  await assert.rejects(center.query(ViewerDocument), { code: 'UNREACHABLE', retryable: true, status: 0 })
  assert.equal(sent.length, 3)
})

test('a mutation without a key is sent once', async () => {
  const { sent, center } = failing([away])
  const document = { toString: () => 'mutation { __typename }' }
  await assert.rejects(center.mutate<unknown, Record<string, never>>(document), { code: 'UNREACHABLE' })
  assert.equal(sent.length, 1)
})
