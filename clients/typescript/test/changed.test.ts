import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError, accepted, ChangedDocument, newKey, OpportunityCreateDocument, OpportunityUpdateDocument } from '../src/index.js'
import { as } from './served.js'

test('a change is told to whoever listens, until the loop is left', async () => {
  const partner = as('distributor')
  const events = partner.subscribe(ChangedDocument, { topics: ['OPPORTUNITY'] })
  const heard = events.next()
  let told = false
  void heard.then(() => {
    told = true
  })
  const create = { idempotencyKey: newKey(), fields: { name: 'Heard of' } }
  const made = accepted((await partner.mutate(OpportunityCreateDocument, { input: create })).opportunityCreate)
  assert.ok(made.opportunity)
  // Nobody says when the subscription begins, so something changes until it is heard.
  for (let n = 0; !told; n += 1) {
    assert.ok(n < 100, 'nothing is heard of')
    const { id, version } = made.opportunity
    const fields = { name: `Heard of ${n}` }
    const input = { idempotencyKey: newKey(), id, expectedVersion: version + n, fields }
    accepted((await partner.mutate(OpportunityUpdateDocument, { input })).opportunityUpdate)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  const { value } = await heard
  assert.equal(value?.changed.topic, 'OPPORTUNITY')
  await events.return(undefined)
})

test('a subscription that is refused says why', async () => {
  const stranger = as('operator', { token: 'not a token' })
  const events = stranger.subscribe(ChangedDocument, {})
  await assert.rejects(events.next(), (error: ApiError) => error.code === 'UNAUTHENTICATED' && error.status === 401)
})
