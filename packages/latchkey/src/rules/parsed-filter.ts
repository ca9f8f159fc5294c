import { everySession, type SessionFilter } from '../model/session-filter.ts'

/** What a filter says. `userId` may also be whatever else names a user where the filter is read. */
export type ParsedFilter = Omit<SessionFilter, 'search'> & {
  /** The bare word; null: there is none. */
  readonly search: string | null
}

/** The filter without any word: every session. */
export const noFilter: ParsedFilter = { ...everySession, search: null }
