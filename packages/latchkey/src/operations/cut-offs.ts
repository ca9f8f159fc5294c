import { finalChange } from '../cache/coherence.ts'
import type { EndingReceipt } from '../cache/confirmations.ts'
import { invalidArgument } from '../foundation/errors.ts'
import type { Instant } from '../foundation/time.ts'
import { type CutOff, type CutOffScope, forever } from '../model/cut-off.ts'
import { isDeviceId } from '../model/device.ts'
import type { ChangedSessions } from '../model/session-filter.ts'
import type { ChangeOptions } from './change-options.ts'
import { originOf } from './change-origin.ts'
import { checkObject, checkOneOf, checkText, checkUserId } from './check-argument.ts'
import type { Wiring } from './wiring.ts'

/** How a cut-off is set. */
export interface CutOffOptions extends ChangeOptions {
  /** Default: now. Not later than now. */
  readonly notBefore?: Instant
  /** Why, in at most 500 characters; default: nothing is said. */
  readonly note?: string
  /** Handed the proof that it holds on every node, before the call resolves. */
  readonly onReceipt?: (receipt: EndingReceipt) => void
}

/** Everything that can be done with cut-offs: a part of `Sessions`. */
export interface CutOffOperations {
  /**
   * Ends every session of the scope that was created until now (or `notBefore`), also one that is being created at this
   * moment, and refuses it in everything that reads sessions; how many it ended at once. Everybody's end in the
   * background; none is accepted any more when it resolves.
   */
  setCutOff(scope: CutOffScope, options?: CutOffOptions): Promise<number>
  /** Ends all sessions of a user and refuses new ones (`user-disabled`) until `enableUser`; how many it ended. */
  disableUser(userId: string, options?: CutOffOptions): Promise<number>
  /** New sessions may be created again; old ones stay ended. False when the user was not disabled. */
  enableUser(userId: string, options?: ChangeOptions): Promise<boolean>
  /** Whether `disableUser` is in force. */
  isUserDisabled(userId: string): Promise<boolean>
  /** The newest first, at most 1,000. */
  listCutOffs(): Promise<readonly CutOff[]>
}

/** The most that are listed. More: an answer that nobody reads. */
const mostCutOffs = 1_000
const longestNote = 500

export async function setCutOff(
  wiring: Wiring,
  scope: CutOffScope,
  options: CutOffOptions = {},
): Promise<number> {
  const checked = checkScope(scope)
  const notBefore = checkNotBefore(wiring, options)
  await checkOwner(wiring, checked)
  return set(wiring, checked, notBefore, options)
}

/** It holds for the device, and is told in the name of the user: under another one, caches would keep its sessions. */
async function checkOwner({ storage }: Wiring, scope: CutOffScope): Promise<void> {
  const device = scope.kind === 'device' ? await storage.devices.find(scope.deviceId) : null
  if (device === null || scope.kind !== 'device' || device.userId === scope.userId) return
  throw invalidArgument('scope.deviceId', 'must be the id of a device of that user')
}

export async function disableUser(
  wiring: Wiring,
  userId: string,
  options: CutOffOptions = {},
): Promise<number> {
  return set(wiring, ofUser(userId), forever, options)
}

/** No cache holds anything of a user who is disabled, so that nobody has to be told. */
export async function enableUser(
  wiring: Wiring,
  userId: string,
  options: ChangeOptions = {},
): Promise<boolean> {
  const origin = originOf(wiring, options)
  return wiring.storage.cutOffs.lift(ofUser(userId), { ...origin, at: wiring.signInMoments.until(origin.at) })
}

export async function isUserDisabled({ storage }: Wiring, userId: string): Promise<boolean> {
  const found = await storage.cutOffs.find(ofUser(userId))
  return found !== null && found.notBefore >= forever
}

export function listCutOffs({ storage }: Wiring): Promise<readonly CutOff[]> {
  return storage.cutOffs.list(mostCutOffs)
}

/** Holds everywhere when it resolves. */
async function set(
  wiring: Wiring,
  scope: CutOffScope,
  notBefore: Instant,
  { note, onReceipt, ...options }: CutOffOptions,
): Promise<number> {
  const origin = originOf(wiring, options)
  const cutOff: CutOff = {
    scope,
    notBefore,
    setAt: origin.at,
    by: origin.by,
    note: note === undefined ? null : checkText('note', note, longestNote),
  }
  const { result, receipt } = await finalChange(wiring.coherence, changedBy(scope), () =>
    wiring.storage.cutOffs.set(cutOff, origin),
  )
  for (const { id } of result) wiring.activity.forget(id)
  onReceipt?.(receipt)
  return result.length
}

/** The verbs of cut-offs: a part of `Sessions`. */
export function cutOffOperations(wiring: Wiring): CutOffOperations {
  return {
    setCutOff: (scope, options) => setCutOff(wiring, scope, options),
    disableUser: (userId, options) => disableUser(wiring, userId, options),
    enableUser: (userId, options) => enableUser(wiring, userId, options),
    isUserDisabled: (userId) => isUserDisabled(wiring, userId),
    listCutOffs: () => listCutOffs(wiring),
  }
}

/** What a cut-off changes, for caches. */
export function changedBy(scope: CutOffScope): ChangedSessions {
  return scope.kind === 'user' ? { ...scope, except: null } : scope
}

function ofUser(userId: string): CutOffScope {
  return { kind: 'user', userId: checkUserId('userId', userId) }
}

function checkScope(scope: CutOffScope): CutOffScope {
  checkObject('scope', scope)
  const kind = checkOneOf('scope.kind', scope.kind, ['user', 'device', 'everybody'])
  if (kind === 'everybody' || scope.kind === 'everybody') return { kind: 'everybody' }
  const userId = checkUserId('scope.userId', scope.userId)
  if (scope.kind === 'user') return { kind: 'user', userId }
  if (!isDeviceId(scope.deviceId)) throw invalidArgument('scope.deviceId', 'must be the id of a device')
  return { kind: 'device', userId, deviceId: scope.deviceId }
}

function checkNotBefore({ clock, signInMoments }: Wiring, { notBefore }: CutOffOptions): Instant {
  const now = clock.now()
  if (notBefore === undefined) return signInMoments.until(now)
  if (typeof notBefore === 'number' && Number.isInteger(notBefore) && notBefore >= 0 && notBefore <= now) {
    return notBefore
  }
  throw invalidArgument('notBefore', 'must be an instant, now at the latest')
}
