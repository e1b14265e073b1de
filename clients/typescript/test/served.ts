import { PartnerCenter, type PartnerCenterOptions } from '../src/index.js'

/** Where the demonstration is that all tests share. */
export const url = required('PARTNER_CENTER_URL')

const tokens = JSON.parse(required('PARTNER_CENTER_TOKENS')) as Record<string, string>

export function tokenOf(persona: string): string {
  const token = tokens[persona]
  if (!token) throw new Error(`nobody is called ${persona}`)
  return token
}

/** The client of a persona of the demonstration. */
export function as(persona: string, options: Partial<PartnerCenterOptions> = {}): PartnerCenter {
  return new PartnerCenter({ url, token: tokenOf(persona), ...options })
}

function required(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: run the tests by \`npm test\``)
  return value
}
