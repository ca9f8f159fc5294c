import { statSync } from 'node:fs'
import { ConfigurationError } from '../configuration/configuration-error.ts'
import { existingSecret, readSecret, secretPath } from '../configuration/master-secret.ts'
import type { Settings } from '../configuration/settings.ts'
import type { KeyFacts } from './check-keys.ts'

/** Looks at the master secret and the folder it lies in; makes neither. */
export function readKeyFacts(settings: Settings): KeyFacts {
  const directoryMode = modeOf(settings.dataDirectory)
  return {
    secret: secretFacts(settings),
    dataDirectory: directoryMode === null ? null : { path: settings.dataDirectory, mode: directoryMode },
  }
}

function secretFacts(settings: Settings): KeyFacts['secret'] {
  if (settings.secret) return { kind: 'configured' }
  const path = secretPath(settings)
  try {
    const mode = readSecret(path) === null ? null : modeOf(path)
    return mode === null ? { kind: 'absent', path } : { kind: 'file', path, mode }
  } catch (error) {
    if (error instanceof ConfigurationError) return { kind: 'unusable', reason: error.message }
    throw error
  }
}

/** Null where there is none, or none that can be used. */
export function readableSecret(settings: Settings): Uint8Array | null {
  try {
    return existingSecret(settings)
  } catch (error) {
    if (error instanceof ConfigurationError) return null
    throw error
  }
}

/** Null when it does not exist or may not be looked at. Windows has no such modes: there everything is its owner's. */
function modeOf(path: string): number | null {
  try {
    const { mode } = statSync(path)
    return process.platform === 'win32' ? mode & 0o700 : mode
  } catch {
    return null
  }
}
