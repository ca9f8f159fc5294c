import { invalidArgument } from '../foundation/errors.ts'
import { canonicalAddress } from '../foundation/ip-address.ts'
import type { PageRequest } from '../foundation/page.ts'
import { isDeviceId } from '../model/device.ts'
import { type DeviceType, deviceTypes } from '../model/device-info.ts'
import { severities } from '../model/finding.ts'
import { type SessionFilter, type SessionSearch, sessionFacets } from '../model/session-filter.ts'
import { longestValue, mostValues, mostWords } from '../rules/filter-words.ts'
import { keptAddress } from '../rules/ip-privacy.ts'
import {
  checkInteger,
  checkObject,
  checkOneOf,
  checkText,
  checkTexts,
  checkUserId,
} from './check-argument.ts'

/** Which sessions; conditions that are null or left out do not matter. An address is meant in any of its spellings. */
export type SessionConditions = Partial<Omit<SessionFilter, 'search'>> & {
  /** As a facet. */
  readonly deviceType?: DeviceType | null
  /** Sessions whose user id or session id begins with `text`, whose address it is, or whose user is one of `userIds`. */
  readonly search?: Pick<SessionSearch, 'text' | 'userIds'> | null
}

/** In characters: the longest text form of an IPv6 address with a zone, and room. */
const longestAddress = 64
/** In characters: as long as a user id may be. */
const longestSearch = 255
/** How many users a search may name. More: a statement that databases refuse. */
const mostSearchedUsers = 500
/** In characters; a cursor holds an instant and an id. */
const longestCursor = 512

/** Throws `invalid-argument` naming the condition at fault. */
export function checkFilter(filter: SessionConditions): void {
  checkObject('filter', filter)
  const { userId, deviceType, deviceId, ipAddress, state, search, risk } = filter
  if (isCondition(userId)) checkUserId('userId', userId)
  if (isCondition(deviceType)) checkOneOf('deviceType', deviceType, deviceTypes)
  if (isCondition(deviceId)) checkDeviceOfUser(deviceId, userId)
  if (isCondition(ipAddress)) checkText('ipAddress', ipAddress, longestAddress)
  if (isCondition(state)) checkOneOf('state', state, ['live', 'ended'])
  if (isCondition(risk)) checkOneOf('risk', risk, severities)
  checkFacets(filter.facets)
  checkRange('created', filter.created)
  checkRange('lastActive', filter.lastActive)
  checkAddressRange(filter.addressRange)
  if (isCondition(search)) {
    checkObject('search', search)
    checkText('search.text', search.text, longestSearch)
    checkTexts('search.userIds', search.userIds, mostSearchedUsers, longestSearch)
  }
}

function checkFacets(facets: unknown): void {
  if (facets === undefined) return
  if (!Array.isArray(facets) || facets.length > mostWords) {
    throw invalidArgument('facets', `must be an array of at most ${mostWords} conditions`)
  }
  facets.forEach((condition: unknown, index) => {
    const field = `facets[${index}]`
    const { facet, is, values } = checkObject(field, condition)
    checkOneOf(`${field}.facet`, facet, sessionFacets)
    checkOneOf(`${field}.is`, is, ['one-of', 'none-of'])
    if (checkTexts(`${field}.values`, values, mostValues, longestValue).length === 0) {
      throw invalidArgument(`${field}.values`, 'must be one value at least')
    }
  })
}

function checkRange(field: string, range: unknown): void {
  if (!isCondition(range)) return
  const { from, until } = checkObject(field, range)
  for (const [end, instant] of [
    ['from', from],
    ['until', until],
  ] as const) {
    if (instant === null || Number.isSafeInteger(instant)) continue
    throw invalidArgument(`${field}.${end}`, 'must be an instant or null')
  }
}

/** Sessions know their networks by this spelling and no other. */
function checkAddressRange(range: unknown): void {
  if (!isCondition(range)) return
  const [network = '', length] = checkText('addressRange', range, longestAddress).split('/')
  const address = length === undefined ? null : canonicalAddress(network)
  if (address === null || keptAddress(address, 'truncated') !== range) {
    throw invalidArgument('addressRange', 'must be a network: 192.0.2.0/24 or 2001:db8:1::/48')
  }
}

/** Of a user's sessions alone a store can tell at once which are of a device. */
function checkDeviceOfUser(deviceId: unknown, userId: unknown): void {
  if (!isDeviceId(deviceId)) throw invalidArgument('deviceId', 'must be the id of a device')
  if (!isCondition(userId)) throw invalidArgument('deviceId', 'needs a condition on userId')
}

export function checkPage(page: PageRequest, most: number): void {
  checkObject('page', page)
  checkInteger('limit', page.limit, 1, most)
  if (page.cursor !== null) checkText('cursor', page.cursor, longestCursor)
}

function isCondition<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined
}
