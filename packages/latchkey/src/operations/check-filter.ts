import type { PageRequest } from '../foundation/page.ts'
import { deviceTypes } from '../model/device-info.ts'
import type { SessionFilter } from '../model/session-filter.ts'
import {
  checkInteger,
  checkObject,
  checkOneOf,
  checkText,
  checkTexts,
  checkUserId,
} from './check-argument.ts'

/** In characters: the longest text form of an IPv6 address with a zone, and room. */
const longestAddress = 64
/** In characters: as long as a user id may be. */
const longestSearch = 255
/** How many users a search may name. More: a statement that databases refuse. */
const mostSearchedUsers = 500
/** In characters; a cursor holds an instant and an id. */
const longestCursor = 512

/** Throws `invalid-argument` naming the condition at fault. */
export function checkFilter(filter: Partial<SessionFilter>): void {
  checkObject('filter', filter)
  const { userId, deviceType, ipAddress, state, search } = filter
  if (isCondition(userId)) checkUserId('userId', userId)
  if (isCondition(deviceType)) checkOneOf('deviceType', deviceType, deviceTypes)
  if (isCondition(ipAddress)) checkText('ipAddress', ipAddress, longestAddress)
  if (isCondition(state)) checkOneOf('state', state, ['live', 'ended'])
  if (isCondition(search)) {
    checkObject('search', search)
    checkText('search.text', search.text, longestSearch)
    checkTexts('search.userIds', search.userIds, mostSearchedUsers, longestSearch)
  }
}

export function checkPage(page: PageRequest, most: number): void {
  checkObject('page', page)
  checkInteger('limit', page.limit, 1, most)
  if (page.cursor !== null) checkText('cursor', page.cursor, longestCursor)
}

function isCondition<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined
}
