/**
 * A new idempotency key. Make one when a person decides (opens a form, presses a button), not when a request is sent:
 * what is sent again under it is done once.
 */
export function newKey(): string {
  return globalThis.crypto.randomUUID()
}
