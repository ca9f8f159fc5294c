import type { FingerprintRequest, FingerprintStateResponse, UserDevice } from '../http-api/wire-types.ts'
import type { BrowserFingerprint } from './browser-fingerprint.ts'
import { idleMoment } from './idle-moment.ts'
import { pageTime } from './page-clock.ts'
import type { RequestOptions } from './session-request.ts'

/** The calls that `observeDevice` makes. `SessionService` has them. */
export interface FingerprintCalls {
  getFingerprintState(options?: RequestOptions): Promise<FingerprintStateResponse>
  sendFingerprint(request: FingerprintRequest, options?: RequestOptions): Promise<UserDevice>
}

/** How `observeDevice` goes about it. */
export interface ObservationOptions {
  /**
   * Whether the user has agreed, or what asks them: it is called only where the operator's mode is `consent` and
   * a look is due. Default: they have not.
   */
  readonly consent?: boolean | (() => boolean | Promise<boolean>)
  /** Default: the browser's. */
  readonly surroundings?: ObservationSurroundings
}

/** What `observeDevice` needs of the page it runs in; tests bring their own. */
export interface ObservationSurroundings {
  /** In milliseconds. */
  now(): number
  /** Fulfilled when the browser has nothing better to do. */
  idle(): Promise<void>
  /** Loads the part that looks, which is no part of the page until then. */
  load(): Promise<BrowserFingerprint>
}

/**
 * What came of it. `off`: the operator has not switched it on, and no code for it was loaded. `recent`: the last
 * look was less than seven days ago. `no-consent`: the user has not agreed. `failed`: no answer, or nothing to be seen.
 */
export type Observation = 'sent' | 'off' | 'recent' | 'no-consent' | 'failed'

/** Sooner, and a browser says nothing new; later, and an update of it may have changed too much at once. In milliseconds. */
const interval = 7 * 86_400_000

const browserSurroundings: ObservationSurroundings = {
  now: pageTime,
  idle: idleMoment,
  async load() {
    const { browserFingerprint } = await import('./browser-fingerprint.ts')
    return browserFingerprint
  },
}

/**
 * Looks at this browser for its user's list of devices, where the operator has that switched on: one line after
 * the sign-in. It waits until the browser is idle, loads what it needs only then, and sends at most once in
 * seven days. Never rejects.
 *
 * @example
 * void observeDevice(sessionService, { consent: () => confirm('May we remember how this browser looks?') })
 */
export async function observeDevice(
  service: FingerprintCalls,
  options: ObservationOptions = {},
): Promise<Observation> {
  try {
    const surroundings = options.surroundings ?? browserSurroundings
    const state = await service.getFingerprintState({ activity: 'background' })
    if (state.mode !== 'on' && state.mode !== 'consent') return 'off'
    if (isRecent(state.taken_at, surroundings.now())) return 'recent'
    if (state.mode === 'consent' && !(await hasConsent(options.consent))) return 'no-consent'
    return await look(service, state.mode, surroundings)
  } catch {
    return 'failed'
  }
}

async function look(
  service: FingerprintCalls,
  mode: 'on' | 'consent',
  surroundings: ObservationSurroundings,
): Promise<Observation> {
  await surroundings.idle()
  const browserFingerprint = await surroundings.load()
  const components = await browserFingerprint(() => surroundings.idle())
  if (Object.keys(components).length === 0) return 'failed'
  const request = mode === 'consent' ? { components, consent: true } : { components }
  await service.sendFingerprint(request, { activity: 'background' })
  return 'sent'
}

/** A look in the future says that this machine's clock is wrong, and nothing about when it was. */
function isRecent(takenAt: string | null, now: number): boolean {
  return takenAt !== null && Math.abs(now - Date.parse(takenAt)) < interval
}

function hasConsent(consent: ObservationOptions['consent']): boolean | Promise<boolean> {
  return typeof consent === 'function' ? consent() : consent === true
}
