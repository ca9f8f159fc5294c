import { statSync } from 'node:fs'
import { secretPath } from '../configuration/master-secret.ts'
import type { Settings } from '../configuration/settings.ts'
import { StartError } from './start-error.ts'

/** The bits that let anybody but the owner in. */
const forOthers = 0o077
/** Those that let anybody else put another file in the place of one. */
const changeableByOthers = 0o022

/**
 * Refuses to serve with a key file that other users of the machine can read, or with a folder of keys or the database
 * in which they can change files. One that they can only look into, as mounted volumes often are, is for `doctor` to
 * tell: the files in it are their owner's alone.
 */
export function refuseReadableKeys(settings: Settings): void {
  const { secret, dataDirectory, database } = settings
  const path = secretPath(settings)
  if (secret === null && isOpen(path, forOthers)) {
    throw new StartError(`Others can read the key file ${path} (mode ${modeOf(path)}); chmod 600 ${path}.`)
  }
  const holdsDatabase = database.kind === 'sqlite' && database.path.startsWith(`${dataDirectory}/`)
  if ((secret === null || holdsDatabase) && isOpen(dataDirectory, changeableByOthers)) {
    throw new StartError(
      `Others can change files in the data folder ${dataDirectory} (mode ${modeOf(dataDirectory)}); chmod 700 ${dataDirectory}, or name another one in LATCHKEY_DATA_DIR.`,
    )
  }
}

/** False for what does not exist yet: it is made for its owner only. Windows has no such modes: there everything is its owner's. */
function isOpen(path: string, bits: number): boolean {
  const found = process.platform === 'win32' ? undefined : statSync(path, { throwIfNoEntry: false })
  return found !== undefined && (found.mode & bits) !== 0
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8).padStart(4, '0')
}
