import type { Clock } from 'latchkey'
import type { Program } from '../program/open-program.ts'
import { checkAddresses } from './check-addresses.ts'
import type { Finding } from './finding.ts'
import { isLocalOnly, newestSessions } from './looked-at.ts'
import { rememberedBriefly } from './remembered-briefly.ts'

/**
 * What of `latchkey doctor` a running program can say of itself, warnings only: whether the newest live sessions all
 * come from one private address. Rejects when the sessions cannot be read, and remembers nothing of that.
 */
export function recentFindings(
  { sessions, settings }: Pick<Program, 'sessions' | 'settings'>,
  clock: Pick<Clock, 'monotonic'>,
): () => Promise<readonly Finding[]> {
  async function look(): Promise<readonly Finding[]> {
    const page = await sessions.listSessions({ state: 'live' }, { cursor: null, limit: newestSessions })
    const addresses = checkAddresses({
      addresses: page.items.map((session) => session.ipAddress),
      trustedProxies: settings.trustedProxies,
      isLocalOnly: isLocalOnly(settings),
    })
    return addresses.status === 'ok' ? [] : [addresses]
  }

  return rememberedBriefly(look, clock)
}
