import type { LivenessBounds } from '../../model/session-filter.ts'
import type { Values } from './connection.ts'
import { everybodysCutOff } from './cut-off-condition.ts'

/**
 * What `LivenessBounds` asks of a session that has not ended. The plus signs keep the planner from the deadline's index,
 * which would read every live session of everybody.
 */
export const withinBounds: string = `+expires_at > :expiresAfter
  AND (lifetime IS NOT NULL OR +created_at > :createdAfter)
  AND (:activeAfter IS NULL OR coalesce(last_accessed, created_at) > :activeAfter)
  AND (idle_limit IS NULL OR coalesce(last_accessed, created_at) + idle_limit > :idleSince)
  AND +created_at > ${everybodysCutOff}`

/** The predicate that `LivenessBounds` describes. */
export const liveCondition: string = `(is_active = 1 AND ${withinBounds})`

export function boundsValues(bounds: LivenessBounds): Values {
  return {
    expiresAfter: bounds.expiresAfter,
    createdAfter: bounds.createdAfter,
    activeAfter: bounds.activeAfter,
    idleSince: bounds.idleSince,
  }
}
