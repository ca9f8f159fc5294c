import { type Clock, type Duration, minutes } from 'latchkey'
import type { Program } from '../program/open-program.ts'
import { checkAddresses } from './check-addresses.ts'
import type { Finding } from './finding.ts'
import { isLocalOnly, newestSessions } from './looked-at.ts'

/** Shorter: each page of the console that is opened reads sessions. Longer: who has mended it is told for longer that it is broken. */
const memory: Duration = minutes(1)

/**
 * What of `latchkey doctor` a running program can say of itself, warnings only: whether the newest live sessions all
 * come from one private address. Rejects when the sessions cannot be read, and remembers nothing of that.
 */
export function recentFindings(
  { sessions, settings }: Pick<Program, 'sessions' | 'settings'>,
  clock: Pick<Clock, 'monotonic'>,
): () => Promise<readonly Finding[]> {
  let known: { readonly until: number; readonly findings: Promise<readonly Finding[]> } | null = null

  async function look(): Promise<readonly Finding[]> {
    const page = await sessions.listSessions({ state: 'live' }, { cursor: null, limit: newestSessions })
    const addresses = checkAddresses({
      addresses: page.items.map((session) => session.ipAddress),
      trustedProxies: settings.trustedProxies,
      isLocalOnly: isLocalOnly(settings),
    })
    return addresses.status === 'ok' ? [] : [addresses]
  }

  return async () => {
    if (known !== null && clock.monotonic() < known.until) return known.findings
    const asked = { until: clock.monotonic() + memory, findings: look() }
    known = asked
    try {
      return await asked.findings
    } catch (error) {
      if (known === asked) known = null
      throw error
    }
  }
}
