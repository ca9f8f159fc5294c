import type { LivenessBounds } from '../../model/session-filter.ts'
import { isNotCutOff } from './cut-offs-of-sessions.ts'
import type { Values } from './statement.ts'

/** The predicate that `LivenessBounds` describes, of `user_sessions`. It is never null. The cut-offs come last, since they cost the most. */
export const liveCondition: string = `(is_active AND expires_at > :expiresAfter::bigint
  AND (lifetime IS NOT NULL OR created_at > :createdAfter::bigint)
  AND (:activeAfter::bigint IS NULL OR coalesce(last_accessed, created_at) > :activeAfter::bigint)
  AND (idle_limit IS NULL OR coalesce(last_accessed, created_at) + idle_limit > :idleSince::bigint)
  AND ${isNotCutOff})`

export function boundsValues(bounds: LivenessBounds): Values {
  return {
    expiresAfter: bounds.expiresAfter,
    createdAfter: bounds.createdAfter,
    activeAfter: bounds.activeAfter,
    idleSince: bounds.idleSince,
  }
}
