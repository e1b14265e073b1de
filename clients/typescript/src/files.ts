import type { PartnerCenter } from './client.js'
import { accepted } from './errors.js'
import {
  FileCreateDocument,
  type FileCreateInput,
  ImportCreateDocument,
  type ImportCreateInput,
} from './generated/api.js'

/** Stores a file: announces it, then sends its bytes. Gives its id. */
export async function storeFile(center: PartnerCenter, input: FileCreateInput, bytes: BodyInit): Promise<string> {
  const { file, uploadUrl } = accepted((await center.mutate(FileCreateDocument, { input })).fileCreate)
  await center.upload(present(uploadUrl), bytes)
  return present(file).id
}

/** Sends a bill to be imported. Gives the import's id; a worker takes it from there. */
export async function sendBill(center: PartnerCenter, input: ImportCreateInput, bytes: BodyInit): Promise<string> {
  const { import: job, uploadUrl } = accepted((await center.mutate(ImportCreateDocument, { input })).importCreate)
  await center.upload(present(uploadUrl), bytes)
  return present(job).id
}

/** A payload without user errors holds what was made. */
function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('The answer lacks what was made.')
  return value
}
