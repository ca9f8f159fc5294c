import type { LivenessBounds } from '../../model/session-filter.ts'
import type { Values } from './statement.ts'

/** The predicate that `LivenessBounds` describes. It is never null. */
export const liveCondition: string = `(is_active AND expires_at > :expiresAfter::bigint
  AND (lifetime IS NOT NULL OR created_at > :createdAfter::bigint)
  AND (:activeAfter::bigint IS NULL OR coalesce(last_accessed, created_at) > :activeAfter::bigint))`

export function boundsValues(bounds: LivenessBounds): Values {
  return {
    expiresAfter: bounds.expiresAfter,
    createdAfter: bounds.createdAfter,
    activeAfter: bounds.activeAfter,
  }
}
