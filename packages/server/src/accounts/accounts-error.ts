import { type ErrorCode, LatchkeyError } from 'latchkey'

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html): the low byte of what the driver reports. */
const codes: Readonly<Record<number, readonly [ErrorCode, string]>> = {
  5: ['storage-busy', 'The database is busy with another writer.'],
  6: ['storage-busy', 'The database is busy with another writer.'],
  8: [
    'storage-unavailable',
    'The database file cannot be written: look at its permissions and those of its folder.',
  ],
  10: ['storage-unavailable', 'The disk did not do what was asked of it.'],
  11: ['storage-corrupt', 'The database file is damaged. Restore it from a backup; nothing was changed.'],
  13: ['storage-unavailable', 'The disk is full.'],
  14: ['storage-unavailable', 'The database file cannot be opened.'],
  26: ['storage-corrupt', 'The file is no SQLite database. Nothing was changed.'],
}

/** What went wrong with the accounts as the library says it: its codes decide what the API answers. */
export function accountsError(error: unknown): LatchkeyError {
  if (error instanceof LatchkeyError) return error
  const errcode = (error as { readonly errcode?: unknown } | null)?.errcode
  const known = typeof errcode === 'number' ? codes[errcode & 0xff] : undefined
  const [code, message] = known ?? (['storage-failed', 'The accounts could not be read or written.'] as const)
  return new LatchkeyError(code, message, { cause: error })
}
