import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A new folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = unownedTemporaryFolder()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

/** A new folder that the caller removes. */
export function unownedTemporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'latchkey-test-'))
}
