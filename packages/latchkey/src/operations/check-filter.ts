import { invalidArgument } from '../foundation/errors.ts'
import type { PageRequest } from '../foundation/page.ts'
import { isDeviceId } from '../model/device.ts'
import { deviceTypes } from '../model/device-info.ts'
import type { SessionFilter, SessionSearch } from '../model/session-filter.ts'
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
  const { userId, deviceType, deviceId, ipAddress, state, search } = filter
  if (isCondition(userId)) checkUserId('userId', userId)
  if (isCondition(deviceType)) checkOneOf('deviceType', deviceType, deviceTypes)
  if (isCondition(deviceId)) checkDeviceOfUser(deviceId, userId)
  if (isCondition(ipAddress)) checkText('ipAddress', ipAddress, longestAddress)
  if (isCondition(state)) checkOneOf('state', state, ['live', 'ended'])
  if (isCondition(search)) {
    checkObject('search', search)
    checkText('search.text', search.text, longestSearch)
    checkTexts('search.userIds', search.userIds, mostSearchedUsers, longestSearch)
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
