import type { Instant } from '../../packages/latchkey/src/foundation/time.ts'
import type { DeviceInfo } from '../../packages/latchkey/src/model/device-info.ts'
import type { Place } from '../../packages/latchkey/src/model/place.ts'
import type { ClientKind } from '../../packages/latchkey/src/model/sighting.ts'

/** What a header says. */
export interface Client {
  readonly kind: ClientKind
  readonly device: Pick<DeviceInfo, 'type' | 'browser' | 'browserVersion' | 'os' | 'osVersion'>
}

/** Whose doing it is: nobody's but their own, or an attack's of that kind, and which one of them. */
export interface Label {
  readonly scenario: string
  readonly attack: string | null
}

interface Act {
  readonly at: Instant
  readonly label: Label
}

/** Somebody signs in. */
export interface SignInAct extends Act {
  readonly kind: 'sign-in'
  readonly userId: string
  /** Names the session for later acts. */
  readonly session: string
  /** Names the cookies of a browser; null: it keeps none. */
  readonly jar: string | null
  readonly client: Client
  readonly place: Place
}

/** A session is used, by its user or by whoever has its cookie. */
export interface UseAct extends Act {
  readonly kind: 'use'
  readonly session: string
  readonly client: Client
  readonly place: Place
}

/** A token of the session is shown that had been replaced. */
export interface ReuseAct extends Act {
  readonly kind: 'reuse'
  readonly session: string
}

/** A source has shown too many tokens that are none. */
export interface GuessAct extends Act {
  readonly kind: 'guess'
  readonly source: string
}

export type AnyAct = SignInAct | UseAct | ReuseAct | GuessAct
