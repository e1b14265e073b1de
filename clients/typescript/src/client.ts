import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core'
import { ApiError, type GraphQLError } from './errors.js'
import { serverEvents } from './events.js'

/** A document with the types of its answer and variables, as graphql-codegen makes it with `documentMode: 'string'`. */
export type TypedDocument<R, V> = DocumentTypeDecoration<R, V> & { toString(): string }

/** Variables may be left out where all of them may. */
type VariablesOf<V> = Record<string, never> extends V ? [variables?: V] : [variables: V]

export interface PartnerCenterOptions {
  /** Where the API is, e.g. `https://partners.example.com`. */
  url: string
  /** The bearer token, or what gives one; asked for each request, so that a new one is used at once. */
  token: string | (() => string | Promise<string>)
  /** The language of messages; English if not given. */
  language?: 'en' | 'zh-CN'
  /** How often a request is sent that may be repeated; 3 if not given. */
  attempts?: number
  /** Another `fetch`, e.g. of a test. */
  fetch?: typeof globalThis.fetch
}

interface Answer<R> {
  data?: R | null
  errors?: GraphQLError[]
}

/** How long to wait before the second attempt where the server does not say, in milliseconds; doubled for each more. */
const FIRST_PAUSE_MS = 250

/** Asks one installation on behalf of one caller. */
export class PartnerCenter {
  readonly #options: PartnerCenterOptions

  constructor(options: PartnerCenterOptions) {
    this.#options = options
  }

  /** Reads. Repeated when the server is busy or away. */
  async query<R, V>(document: TypedDocument<R, V>, ...[variables]: VariablesOf<V>): Promise<R> {
    return this.#repeated(true, () => this.#ask(document, variables))
  }

  /**
   * Changes. Repeated when the server is busy or away, if the input has an idempotency key: under the same key it is
   * done once, however often it is sent. Whether it was done say the payload's `userErrors`; see `accepted`.
   */
  async mutate<R, V>(document: TypedDocument<R, V>, ...[variables]: VariablesOf<V>): Promise<R> {
    return this.#repeated(hasKey(variables), () => this.#ask(document, variables))
  }

  /** Hears of changes until the loop is left, the subscription ends, or the connection breaks (an `ApiError`). */
  async *subscribe<R, V>(document: TypedDocument<R, V>, ...[variables]: VariablesOf<V>): AsyncGenerator<R> {
    const response = await this.#post(document, variables, 'text/event-stream')
    if (!response.ok || !response.body) throw await failed(response)
    try {
      for await (const { event, data } of serverEvents(response.body)) {
        if (event === 'complete') return
        if (event === 'next') yield whole(JSON.parse(data) as Answer<R>, response.status)
      }
    } catch (error) {
      throw error instanceof ApiError ? error : unreachable(error)
    }
    throw unreachable(undefined)
  }

  /** Sends the bytes of a file or bill to the `uploadUrl` that announcing it returned. */
  async upload(uploadUrl: string, bytes: BodyInit): Promise<void> {
    // What streams is sent while it is read.
    const init = { method: 'PUT', body: bytes, duplex: 'half' } as RequestInit
    const response = await this.#fetch(new URL(uploadUrl, this.#options.url), init)
    if (!response.ok) throw await failed(response)
    await response.body?.cancel()
  }

  /** The bytes behind a `downloadUrl`, which needs no token. */
  async download(downloadUrl: string): Promise<Response> {
    const response = await this.#fetch(new URL(downloadUrl, this.#options.url), {})
    if (!response.ok) throw await failed(response)
    return response
  }

  async #ask<R, V>(document: TypedDocument<R, V>, variables: V | undefined): Promise<R> {
    const response = await this.#post(document, variables, 'application/graphql-response+json')
    if (!response.headers.get('content-type')?.includes('json')) throw await failed(response)
    return whole((await response.json()) as Answer<R>, response.status, secondsOf(response))
  }

  async #post(document: { toString(): string }, variables: unknown, accept: string): Promise<Response> {
    const { token, language } = this.#options
    const bearer = typeof token === 'string' ? token : await token()
    const headers: Record<string, string> = {
      accept,
      authorization: `Bearer ${bearer}`,
      'content-type': 'application/json',
    }
    if (language) headers['accept-language'] = language
    const body = JSON.stringify({ query: document.toString(), variables })
    return this.#fetch(new URL('/graphql', this.#options.url), { method: 'POST', headers, body })
  }

  async #fetch(url: URL, init: RequestInit): Promise<Response> {
    const send = this.#options.fetch ?? globalThis.fetch
    try {
      return await send(url, init)
    } catch (error) {
      throw unreachable(error)
    }
  }

  async #repeated<R>(repeatable: boolean, attempt: () => Promise<R>): Promise<R> {
    const most = repeatable ? (this.#options.attempts ?? 3) : 1
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt()
      } catch (error) {
        if (!(error instanceof ApiError) || !error.retryable || tries >= most) throw error
        const pause = error.retryAfterSeconds ? error.retryAfterSeconds * 1000 : FIRST_PAUSE_MS * 2 ** (tries - 1)
        await new Promise((resolve) => setTimeout(resolve, pause))
      }
    }
  }
}

function hasKey(variables: unknown): boolean {
  const input = (variables as { input?: { idempotencyKey?: unknown } } | undefined)?.input
  return typeof input?.idempotencyKey === 'string'
}

/** The data of an answer without errors. */
function whole<R>(answer: Answer<R>, status: number, retryAfterSeconds?: number): R {
  if (answer.errors?.length || !answer.data) {
    throw new ApiError(answer.errors ?? [], status, answer.data, { retryAfterSeconds })
  }
  return answer.data
}

/** What an answer that is none of GraphQL says of itself: files answer `{code, cbcCode, message}`. */
async function failed(response: Response): Promise<ApiError> {
  const text = await response.text()
  let said: (Answer<unknown> & { code?: string; cbcCode?: string; message?: string }) | undefined
  try {
    said = JSON.parse(text)
  } catch {
    // Not ours: a proxy speaks.
  }
  const busy = response.status === 429 || response.status >= 502
  const alone: GraphQLError = {
    message: said?.message || `The server answered with status ${response.status}.`,
    extensions: { code: said?.code ?? 'UNKNOWN', cbcCode: said?.cbcCode ?? undefined, retryable: busy },
  }
  const options = { retryAfterSeconds: secondsOf(response) }
  return new ApiError(said?.errors ?? [alone], response.status, undefined, options)
}

function secondsOf(response: Response): number | undefined {
  return Number(response.headers.get('retry-after')) || undefined
}

function unreachable(cause: unknown): ApiError {
  const message = 'The connection to the server broke, or never came about.'
  return new ApiError([{ message, extensions: { code: 'UNREACHABLE', retryable: true } }], 0, undefined, { cause })
}
