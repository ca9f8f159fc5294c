import { LatchkeyError } from '../foundation/errors.ts'
import { after, between, type Clock, type Instant, milliseconds, seconds } from '../foundation/time.ts'
import { forever } from '../model/cut-off.ts'

/** Longer: more of what another clock did is passed over. Shorter: clocks must be closer together for sign-ins to go on. */
const mostAhead = seconds(1)
const smallestStep = milliseconds(1)

/** Nobody cuts off so many times while one signs in. */
const mostAttempts = 8

/** That a cut-off came in the way, which ends what was created until then. */
export interface OvertakenSignIn {
  readonly kind: 'cut-off'
  readonly notBefore: Instant
}

/** The moments of this process's sign-ins, as far as they are ahead of its clock. */
export class SignInMoments {
  #latest: Instant | null = null

  /** The next that is after the cut-off: now, or as soon as may be. */
  following(notBefore: Instant, now: Instant): Instant {
    if (now > notBefore) return now
    const next = after(notBefore, smallestStep)
    if (this.#latest === null || next > this.#latest) this.#latest = next
    return next
  }

  /** Until when a cut-off of now must reach, so that it ends every session that there is. */
  until(now: Instant): Instant {
    return this.#latest !== null && this.#latest > now ? this.#latest : now
  }
}

/**
 * A sign-in that a cut-off overtakes is made again at once, at a moment that is after it: whoever cuts off ends what there
 * is, and keeps nobody out. Throws where the user is disabled, or the clock of the cut-off is too far ahead.
 */
export async function afterCutOffs<Result extends object>(
  { clock, signInMoments }: { readonly clock: Clock; readonly signInMoments: SignInMoments },
  signIn: (now: Instant) => Promise<Result | OvertakenSignIn>,
): Promise<Result> {
  let now = clock.now()
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const outcome = await signIn(now)
    if (!isOvertaken(outcome)) return outcome
    const { notBefore } = outcome
    if (notBefore >= forever) throw new LatchkeyError('user-disabled', 'the user is disabled')
    now = clock.now()
    if (between(now, notBefore) >= mostAhead) throw clocksDiffer()
    now = signInMoments.following(notBefore, now)
  }
  throw new LatchkeyError('storage-busy', 'the sessions of the user are being cut off again and again')
}

function isOvertaken<Result extends object>(outcome: Result | OvertakenSignIn): outcome is OvertakenSignIn {
  return 'kind' in outcome && outcome.kind === 'cut-off'
}

function clocksDiffer(): LatchkeyError {
  const message =
    'the sessions of the user were cut off at a moment that is still to come by this clock: the clocks of the nodes differ'
  return new LatchkeyError('storage-busy', message)
}
