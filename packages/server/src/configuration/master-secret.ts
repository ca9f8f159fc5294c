import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigurationError } from './configuration-error.ts'
import { secretBytes } from './setting-formats.ts'
import type { Settings } from './settings.ts'

/** In the data directory, mode 0600. */
export const secretFileName = 'secret'

/**
 * The master secret: the one that was configured, or else the one in the data directory, made there on the
 * first start. A file that cannot be read or holds anything else is never written over: what was derived from
 * it would be lost for good.
 */
export function masterSecret(settings: Settings): Uint8Array {
  return existingSecret(settings) ?? makeSecret(secretPath(settings))
}

/** As `masterSecret`, and null instead of making one. */
export function existingSecret(settings: Settings): Uint8Array | null {
  return settings.secret ?? readSecret(secretPath(settings))
}

/** Where the secret is kept that is not configured. */
export function secretPath(settings: Settings): string {
  return join(settings.dataDirectory, secretFileName)
}

/** Null when there is no such file. Throws `ConfigurationError` when it cannot be read or holds no secret. */
export function readSecret(path: string): Uint8Array | null {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    if (code === 'ENOENT') return null
    throw new ConfigurationError(
      `The key file ${path} cannot be read (${code ?? 'error'}); make it readable for the user that runs Latchkey, or set LATCHKEY_SECRET.`,
      { cause, exitStatus: 1 },
    )
  }
  const parsed = secretBytes.safeParse(text.trim())
  if (parsed.success) return parsed.data
  throw new ConfigurationError(
    `The key file ${path} is damaged: it ${parsed.error.issues[0]?.message ?? 'cannot be used'}. Restore it from a backup, or move it away to start with a new key.`,
    { exitStatus: 1 },
  )
}

/** Written under another name and linked into place, so that of two processes that start at once both use one key, and a crash leaves none or a whole one. */
function makeSecret(path: string): Uint8Array {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true })
    try {
      linkSync(draft, path)
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
    } finally {
      unlinkSync(draft)
    }
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'error'
    throw new ConfigurationError(`The key file ${path} could not be written: ${code}.`, {
      cause,
      exitStatus: 1,
    })
  }
  const made = readSecret(path)
  if (made) return made
  throw new ConfigurationError(`The key file ${path} vanished while it was being made.`, { exitStatus: 1 })
}
