import type { PartnerCenter, TypedDocument } from './client.js'

/** A page as every list has it. */
export interface Page<N> {
  nodes: readonly N[]
  pageInfo: { hasNextPage: boolean; endCursor?: string | null }
}

/**
 * Every row of a list, page by page as the loop goes on. The document takes the cursor of the page before as `$after`;
 * `page` picks the list out of the answer.
 */
export async function* rows<R, V extends { after?: string | null | undefined }, N>(
  center: PartnerCenter,
  document: TypedDocument<R, V>,
  variables: V,
  page: (answer: R) => Page<N> | null | undefined,
): AsyncGenerator<N> {
  let after = variables.after
  for (;;) {
    const answer = page(await (center.query as Ask)(document, { ...variables, after }))
    if (!answer) return
    yield* answer.nodes
    if (!answer.pageInfo.hasNextPage) return
    after = answer.pageInfo.endCursor
  }
}

/** `query` with variables that are there. */
type Ask = <R, V>(document: TypedDocument<R, V>, variables: V) => Promise<R>
