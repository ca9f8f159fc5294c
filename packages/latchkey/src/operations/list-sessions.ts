import type { Page, PageRequest } from '../foundation/page.ts'
import type { DeviceType } from '../model/device-info.ts'
import type { Session, SessionRecord } from '../model/session.ts'
import {
  everySession,
  type FacetCondition,
  type SessionFilter,
  type SessionQuery,
} from '../model/session-filter.ts'
import { isSessionId } from '../model/session-token.ts'
import { keptAddress } from '../rules/ip-privacy.ts'
import { sessionView } from '../rules/session-view.ts'
import { addressSought } from './address-sought.ts'
import { boundsForStore } from './bounds-for-store.ts'
import { checkUserId } from './check-argument.ts'
import { checkFilter, checkPage, type SessionConditions } from './check-filter.ts'
import type { Wiring } from './wiring.ts'

/** The most sessions that a list or a page may have. More: an answer of megabytes. */
export const mostListed = 1_000

export async function getSession(wiring: Wiring, id: string): Promise<Session | null> {
  if (!isSessionId(id)) return null
  const notedBefore = wiring.activity.noted(id)
  const record = await wiring.storage.sessions.find(id)
  if (record === null) return null
  const known = wiring.activity.withNewestUse(record, notedBefore)
  return sessionView(known, wiring.policy, wiring.clock.now())
}

/** Of a user with more live sessions than can be listed, the ones that began last are. */
export async function getActiveSessionsByUser(wiring: Wiring, userId: string): Promise<readonly Session[]> {
  const filter = { userId: checkUserId('userId', userId), state: 'live' } as const
  const page = await listSessions(wiring, filter, { cursor: null, limit: mostListed })
  return [...page.items].sort((a, b) => lastSign(b) - lastSign(a))
}

function lastSign(session: Session): number {
  return session.lastAccessedAt ?? session.createdAt
}

export async function listSessions(
  wiring: Wiring,
  filter: SessionConditions,
  page: PageRequest,
): Promise<Page<Session>> {
  checkFilter(filter)
  checkPage(page, mostListed)
  const query = await queryFor(wiring, filter)
  const { items, next } = await wiring.storage.sessions.list(query, page)
  const now = query.bounds.expiresAfter
  const view = (record: SessionRecord): Session =>
    sessionView(wiring.activity.withNewestUse(record, null), wiring.policy, now)
  return { items: items.map(view), next }
}

/** What is no address, and what may not be told, is the address of no session. */
const ofNoSession = 'none'

export async function queryFor(wiring: Wiring, conditions: SessionConditions): Promise<SessionQuery> {
  // A store judges by what it has: a session in use must not pass for one that nobody uses.
  if (conditions.lastActive != null) await wiring.activity.flush()
  const bounds = await boundsForStore(wiring)
  return { ...filterFor(wiring, conditions), bounds }
}

function filterFor(wiring: Wiring, conditions: SessionConditions): SessionFilter {
  const { ipAddress, addressRange, search, deviceType, facets = [], ...others } = conditions
  const stated = Object.entries(others).filter(([, condition]) => condition !== undefined)
  const { addressPrivacy } = wiring.policy
  return {
    ...everySession,
    ...Object.fromEntries(stated),
    facets: deviceType == null ? facets : [...facets, facetOfType(deviceType)],
    ipAddress: ipAddress == null ? null : (addressSought(ipAddress, addressPrivacy) ?? ofNoSession),
    addressRange: addressRange == null ? null : (keptAddress(addressRange, addressPrivacy) ?? ofNoSession),
    search: search == null ? null : { ...search, address: addressSought(search.text, addressPrivacy) },
  }
}

function facetOfType(deviceType: DeviceType): FacetCondition {
  return { facet: 'device_type', is: 'one-of', values: [deviceType] }
}
