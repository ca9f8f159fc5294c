import { createSessions, type NewSession } from 'latchkey'
import { defaultDetectors } from 'latchkey/detectors'
import type { Storage } from 'latchkey/ports'
import { sealedStorage } from 'latchkey/sealed'
import type { Contestant } from '../contestant.ts'
import { byCallers } from './by-callers.ts'

/** What is created: a session of which only the user is said; or one with an address and a user agent, on whose device. */
export interface SignIns {
  readonly callers: number
  readonly saying: 'user' | 'request'
  /** `known`: that of the user's session before, which ends by it. */
  readonly device: 'none' | 'new' | 'known'
  readonly sealing: 'open' | 'sealed'
  /** Whether rollups and detectors follow; default `by-command`: nobody commands it. */
  readonly reports?: 'automatic' | 'by-command'
}

const userCount = 10_000
const secret = new Uint8Array(32).fill(1)

/** What most browsers send, from an address for documentation. */
export const request = {
  ipAddress: '203.0.113.7',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
} as const

export function maybeSealed(storage: Storage, sealing: SignIns['sealing']): Storage {
  return sealing === 'sealed' ? sealedStorage(storage, { secret, upkeep: 'by-command' }) : storage
}

/** Durable creates through the whole library, by people in turn; of each known device there is one session at the end. */
export async function signIns(
  storage: Storage,
  remove: () => void | Promise<void>,
  { callers, saying, device, sealing, reports = 'by-command' }: SignIns,
): Promise<Contestant> {
  const sessions = await createSessions({
    storage: maybeSealed(storage, sealing),
    secret,
    cleanup: 'by-command',
    reports,
    detectors: reports === 'automatic' ? defaultDetectors : [],
  })
  const kept = new Map<string, string>()
  let created = 0
  const signIn = async (index: number, on: SignIns['device']): Promise<void> => {
    const userId = `user-${index % userCount}`
    const said: NewSession = saying === 'user' ? { userId } : { userId, ...request }
    const shown = kept.get(userId)
    const deviceTokens = shown === undefined || on === 'new' ? [] : [shown]
    const made = await sessions.createSession(on === 'none' ? said : { ...said, deviceTokens })
    if (made.session.userId !== userId || made.token === '') throw new Error('Wrong answer')
    if ((made.device?.isNew ?? null) !== (on === 'none' ? null : on === 'new'))
      throw new Error('Wrong device')
    if (device === 'known' && made.device) kept.set(userId, made.device.token)
    created += 1
  }
  if (device === 'known') await byCallers(64, (index) => signIn(index, 'new'))(userCount)
  return {
    run: byCallers(callers, (index) => signIn(index, device)),
    close: async () => {
      const { active } = await sessions.getTotals()
      if (active !== (device === 'known' ? userCount : created)) throw new Error('Not every session is there')
      await sessions.close()
      await remove()
    },
  }
}
