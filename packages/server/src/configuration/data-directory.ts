import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { ConfigurationError } from './configuration-error.ts'
import type { Settings } from './settings.ts'

/**
 * Makes the folders that keys and the database live in, for their owner only (mode 0700). Folders that are there
 * already are left as they are; where the master secret is given, no key has to be kept.
 */
export function prepareDirectories(settings: Settings): void {
  if (settings.secret === null) makeDirectory(settings.dataDirectory, 'LATCHKEY_DATA_DIR')
  const { database } = settings
  if (database.kind === 'sqlite' && database.path !== ':memory:') {
    makeDirectory(dirname(database.path), 'LATCHKEY_DATABASE_URL')
  }
}

function makeDirectory(path: string, variable: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'error'
    throw new ConfigurationError(`The folder ${path} (${variable}) could not be made: ${code}.`, {
      cause,
      exitStatus: 1,
    })
  }
}
