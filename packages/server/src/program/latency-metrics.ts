import { type Clock, inSeconds, milliseconds, type Sessions } from 'latchkey'
import { Counter, Histogram, type Registry } from 'prom-client'

/** In seconds: from an answer out of the cache to a database that hangs. */
const buckets = [
  0.000_005, 0.000_025, 0.000_1, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5,
]

/** An answer from the cache takes about as long as measuring it: one in so many is measured. Fewer: verifying slows down. */
const measuredOneIn = 64

type Timed = Pick<
  Sessions,
  | 'createSession'
  | 'verifySession'
  | 'verifyCached'
  | 'invalidateSession'
  | 'invalidateAllUserSessions'
  | 'endDeviceSessions'
>

/** The same operations; how long verifying and ending take, and on what devices sessions begin, is kept for `/metrics`. */
export function timed(inner: Timed, registry: Registry, clock: Pick<Clock, 'monotonic'>): Timed {
  const { verify, revoke, created } = instruments(registry)
  const measure = async <Answer>(
    observe: (seconds: number) => void,
    ask: () => Promise<Answer>,
  ): Promise<Answer> => {
    const start = clock.monotonic()
    const answer = await ask()
    observe(inSeconds(milliseconds(clock.monotonic() - start)))
    return answer
  }
  const revoked = (sessions: 'one' | 'all') => (seconds: number) => revoke.observe({ sessions }, seconds)
  const verifyCached = sampled(inner.verifyCached, clock, (seconds) =>
    verify.observe({ from: 'cache' }, seconds),
  )
  return {
    verifyCached,
    createSession: async (request) => {
      const made = await inner.createSession(request)
      created.inc({ device_type: made.session.deviceInfo.type })
      return made
    },
    // As `verifySession` itself does it: what the cache answers is none of the storage's.
    verifySession: async (token, options) =>
      verifyCached(token, options) ??
      measure(
        (seconds) => verify.observe({ from: 'storage' }, seconds),
        () => inner.verifySession(token, options),
      ),
    invalidateSession: (id, options) => measure(revoked('one'), () => inner.invalidateSession(id, options)),
    invalidateAllUserSessions: (userId, options) =>
      measure(revoked('all'), () => inner.invalidateAllUserSessions(userId, options)),
    endDeviceSessions: (id, options) => measure(revoked('all'), () => inner.endDeviceSessions(id, options)),
  }
}

/** The same; of those calls that have an answer one in `measuredOneIn` is measured. */
function sampled(
  verifyCached: Timed['verifyCached'],
  clock: Pick<Clock, 'monotonic'>,
  observe: (seconds: number) => void,
): Timed['verifyCached'] {
  let untilMeasured = measuredOneIn
  return (token, options) => {
    untilMeasured -= 1
    if (untilMeasured > 0) return verifyCached(token, options)
    untilMeasured = measuredOneIn
    const start = clock.monotonic()
    const answer = verifyCached(token, options)
    const took = inSeconds(milliseconds(clock.monotonic() - start))
    if (answer !== null) observe(took)
    return answer
  }
}

interface Instruments {
  readonly verify: Histogram<'from'>
  readonly revoke: Histogram<'sessions'>
  readonly created: Counter<'device_type'>
}

function instruments(registry: Registry): Instruments {
  const registers = [registry]
  return {
    verify: new Histogram({
      name: 'latchkey_verify_duration_seconds',
      help: `How long a token takes to be verified; of answers from the cache one in ${measuredOneIn} is measured.`,
      labelNames: ['from'],
      buckets,
      registers,
    }),
    revoke: new Histogram({
      name: 'latchkey_revoke_duration_seconds',
      help: 'From the request to end sessions to the moment at which no node accepts them any more.',
      labelNames: ['sessions'],
      buckets,
      registers,
    }),
    created: new Counter({
      name: 'latchkey_sessions_created_by_device_type_total',
      help: 'Sessions created by this process, by the type of device.',
      labelNames: ['device_type'],
      registers,
    }),
  }
}
