import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A served demonstration. */
export interface Demo {
  url: string
  /** A bearer token for each persona, e.g. `operator`. */
  tokens: Record<string, string>
  stop(): Promise<void>
}

/** Makes and serves a demonstration with the program of this path; ready when it says where it is. */
export async function serveDemo(program: string): Promise<Demo> {
  const directory = await mkdtemp(join(tmpdir(), 'partner-center-client-'))
  const child = spawn(program, ['demo', '--dir', join(directory, 'demo'), '--port', '0'], {
    env: ownEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const stop = async () => {
    await ended(child)
    await rm(directory, { recursive: true, force: true })
  }
  try {
    return { ...read(await told(child)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Ours without settings of the program: they are for another one. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PARTNER_CENTER_')))
}

/** What the demonstration prints until it serves. */
function told(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.setEncoding('utf8').on('data', (more: string) => {
      text += more
      if (text.includes('Ctrl-C')) resolve(text)
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the demonstration ended with ${code}:\n${text}`)))
  })
}

function read(text: string): Omit<Demo, 'stop'> {
  const url = /^GraphQL:\s+(\S+)\/graphql$/m.exec(text)?.[1]
  if (!url) throw new Error(`no address in:\n${text}`)
  const personas = text.matchAll(/^ {2}([a-z ]+):\n {4}(\S+)$/gm)
  return { url, tokens: Object.fromEntries([...personas].map(([, name, token]) => [name, token])) }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.removeAllListeners('exit').once('exit', () => undefined)
  child.kill('SIGTERM')
  const gone = new Promise<void>((resolve) => {
    const look = setInterval(() => {
      if (child.exitCode === null && child.signalCode === null) return
      clearInterval(look)
      resolve()
    }, 50)
  })
  await Promise.race([exit, gone])
}
