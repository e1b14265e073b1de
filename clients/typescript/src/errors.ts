/** One top-level error of an answer, as GraphQL has it. */
export interface GraphQLError {
  message: string
  path?: (string | number)[]
  extensions?: {
    code?: string
    cbcCode?: string
    retryable?: boolean
    requestId?: string
    retryAfterSeconds?: number
  }
}

/** A request that failed, or of which a part failed: nothing that another input would cure. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  /** Stable, e.g. `UNAUTHENTICATED`, `FORBIDDEN`, `RATE_LIMITED`; `UNREACHABLE` when there was no answer at all. */
  readonly code: string
  /** The code of the vendor's catalogue, where it has one. */
  readonly cbcCode: string | undefined
  /** Whether the same request may succeed later without a change. */
  readonly retryable: boolean
  /** Leads to the line in the server's log. */
  readonly requestId: string | undefined
  /** How long to wait before the next attempt. */
  readonly retryAfterSeconds: number | undefined

  constructor(
    /** All of them; the first one is described by the other members. */
    readonly errors: readonly GraphQLError[],
    /** The status of the HTTP answer; 0 when there was none. */
    readonly status: number,
    /** What could be answered all the same: fields that failed are null in it. */
    readonly data: unknown = undefined,
    options: { cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    const first = errors[0] ?? { message: `The server answered with status ${status}.` }
    super(first.message, { cause: options.cause })
    const told = first.extensions ?? {}
    this.code = told.code ?? 'UNKNOWN'
    this.cbcCode = told.cbcCode
    this.retryable = told.retryable ?? false
    this.requestId = told.requestId
    this.retryAfterSeconds = told.retryAfterSeconds ?? options.retryAfterSeconds
  }
}

/** What every user error has; a `VersionConflict` also has what the thing is now. */
export interface UserErrorLike {
  code: string
  message: string
  path?: readonly string[] | null
}

/** A mutation that changed nothing, because of something in its input that the caller can cure. */
export class Refused<E extends UserErrorLike = UserErrorLike> extends Error {
  override readonly name = 'Refused'

  constructor(readonly userErrors: readonly E[]) {
    super(userErrors.map((error) => error.message).join(' '))
  }

  /** Whether somebody else changed it first: read it again, then repeat the change. */
  get isConflict(): boolean {
    return this.userErrors.some((error) => error.code === 'VERSION_CONFLICT')
  }
}

/** The payload of a mutation that did what it was asked; throws `Refused` for one that did not. */
export function accepted<P extends { userErrors: readonly UserErrorLike[] }>(payload: P | null | undefined): P {
  if (!payload) throw new Refused([{ code: 'UNKNOWN', message: 'The mutation was not run.' }])
  if (payload.userErrors.length > 0) throw new Refused(payload.userErrors)
  return payload
}
