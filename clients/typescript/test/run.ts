/** Serves one demonstration and runs all tests against it. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { serveDemo } from './demo.js'

const program = process.env.PARTNER_CENTER_PROGRAM
if (!program) throw new Error('PARTNER_CENTER_PROGRAM names the program to test against; `make client` sets it.')

const demo = await serveDemo(program)
let status = 1
try {
  const here = import.meta.dirname
  const files = readdirSync(here).filter((name) => name.endsWith('.test.js'))
  const served = { PARTNER_CENTER_URL: demo.url, PARTNER_CENTER_TOKENS: JSON.stringify(demo.tokens) }
  const arguments_ = ['--test', '--test-timeout=180000', ...files.map((name) => join(here, name))]
  status = spawnSync(process.execPath, arguments_, { env: { ...process.env, ...served }, stdio: 'inherit' }).status ?? 1
} finally {
  await demo.stop()
}
process.exitCode = status
