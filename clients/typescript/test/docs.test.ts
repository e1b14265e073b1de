/** Compiles and runs every example of docs/api/web.md, and compiles the one of the package's own README. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { before, test } from 'node:test'
import { tokenOf, url } from './served.js'

const PACKAGE = resolve(import.meta.dirname, '../..')
const TOP = resolve(PACKAGE, '../..')
/** Where the examples lie: below the package, so that they find its dependencies. */
const PLACE = join(PACKAGE, 'build/docs')
/** Whom the examples ask for; where nothing stands, the distributor. */
const PERSONAS: Record<string, string> = { 'plain.ts': 'operator', 'relay/relay.ts': 'operator' }

interface Fence {
  language: string
  about: string
  text: string
}

function fences(page: string): Fence[] {
  const found = page.matchAll(/^```(\w+)(?: ([^\n]*))?\n([\s\S]*?)^```$/gm)
  return [...found].map(([, language = '', about = '', text = '']) => ({ language, about, text }))
}

const page = fences(readFileSync(join(TOP, 'docs/api/web.md'), 'utf8'))
const files = page.flatMap((fence, n) => {
  const name = /^file=(\S+)$/.exec(fence.about)?.[1]
  const next = page[n + 1]
  const answer = next?.about === 'answer' ? next.text : undefined
  return name ? [{ name, answer, text: fence.text }] : []
})

/** Runs a program in the place of the examples. */
function run(program: string, arguments_: string[], environment: Record<string, string> = {}): string {
  const bin = join(PACKAGE, 'node_modules/.bin')
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, NODE_TEST_CONTEXT: '', ...environment }
  const ended = spawnSync(program, arguments_, { cwd: PLACE, env, encoding: 'utf8', timeout: 120_000 })
  assert.equal(ended.status, 0, `${program} ${arguments_.join(' ')}:\n${ended.stdout}\n${ended.stderr}`)
  return ended.stdout
}

/** What a bundler does for Relay: the tag stands for the artifact of its document. */
function withArtifacts(text: string): string {
  const imports: string[] = []
  const body = text.replace(/graphql`\s*\w+ (\w+)[^`]*`/g, (_, name: string) => {
    imports.push(`import ${name}Artifact from './__generated__/${name}.graphql.js'`)
    return `${name}Artifact`
  })
  return [...imports, body.replace('  graphql,\n', '')].join('\n')
}

/** What the example of the README takes for given. */
const GIVEN = `
declare const session: { accessToken(): string }
declare const form: { kind: 'DISTRIBUTOR'; name: string; region: string }
declare function show(...what: unknown[]): void
`

const CONFIG = {
  extends: '../../tsconfig.json',
  compilerOptions: { rootDir: '.', outDir: 'js', noUnusedLocals: false, declaration: false },
  include: ['**/*.ts'],
  exclude: ['js'],
}

before(() => {
  rmSync(PLACE, { recursive: true, force: true })
  for (const { name, text } of files) {
    mkdirSync(dirname(join(PLACE, name)), { recursive: true })
    writeFileSync(join(PLACE, name), text)
  }
  const [readme] = fences(readFileSync(join(PACKAGE, 'README.md'), 'utf8'))
  writeFileSync(join(PLACE, 'readme.ts'), `${readme?.text}${GIVEN}show(partner)`)
  mkdirSync(join(PLACE, 'node_modules/@partner-center'), { recursive: true })
  symlinkSync(PACKAGE, join(PLACE, 'node_modules/@partner-center/client'))
  copyFileSync(join(TOP, 'schema.graphql'), join(PLACE, 'schema.graphql'))
  writeFileSync(join(PLACE, 'package.json'), '{"type": "module"}')
  writeFileSync(join(PLACE, 'tsconfig.json'), JSON.stringify(CONFIG))
  run('graphql-codegen', ['--config', 'codegen.ts'])
  run('relay-compiler', [])
  const relay = join(PLACE, 'relay/relay.ts')
  writeFileSync(relay, withArtifacts(readFileSync(relay, 'utf8')))
  run('tsc', ['--project', '.'])
})

test('every example of the page stands here', () => {
  const code = page.filter((fence) => ['ts', 'json'].includes(fence.language))
  assert.equal(files.length, code.length)
  assert.ok(files.filter((file) => file.answer).length >= 5)
})

test('graphql-codegen and Relay write manifests of SHA-256', () => {
  for (const manifest of ['src/gql/persisted-documents.json', 'persisted.json']) {
    const documents = JSON.parse(readFileSync(join(PLACE, manifest), 'utf8')) as Record<string, string>
    assert.ok(Object.keys(documents).length > 0)
    for (const hash of Object.keys(documents)) assert.match(hash, /^(sha256:)?[0-9a-f]{64}$/)
  }
})

for (const { name, answer } of files) {
  if (!answer) continue
  test(`${name} prints what the page says`, async () => {
    if (name.startsWith('relay/')) await register('persisted.json')
    const environment = { PARTNER_CENTER_URL: url, TOKEN: tokenOf(PERSONAS[name] ?? 'distributor') }
    const told = run(process.execPath, ['--experimental-websocket', join('js', name.replace(/\.ts$/, '.js'))], environment)
    const parts = answer.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    assert.match(told, new RegExp(`^${parts.join('[\\s\\S]*')}$`))
  })
}

/**
 * Tells the demonstration the documents of a manifest, as APQ does: it trusts any. Whether one runs like this, without its
 * variables, does not matter: it is kept.
 */
async function register(manifest: string): Promise<void> {
  const documents = JSON.parse(readFileSync(join(PLACE, manifest), 'utf8')) as Record<string, string>
  for (const [sha256Hash, query] of Object.entries(documents)) {
    await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokenOf('operator')}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, extensions: { persistedQuery: { version: 1, sha256Hash } } }),
    })
  }
}
