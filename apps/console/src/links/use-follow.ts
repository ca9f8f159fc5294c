import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { parseAuditFilters } from '../audit/audit-filters.ts'
import { parseSessionFilters } from '../sessions/session-filters.ts'
import { lastDayBy, type ReportTarget } from './report-link.tsx'

/** Goes to what is behind a number, for what is pressed in a picture; its table has links. */
export function useFollow(): (target: ReportTarget | null) => void {
  const navigate = useNavigate()
  return useCallback(
    (target) => {
      if (target === null) return
      if (target.to === 'sessions')
        void navigate({ to: '/admin/sessions', search: parseSessionFilters({ filter: target.filter }) })
      else if (target.to === 'analytics')
        void navigate({ to: '/admin/analytics', search: lastDayBy(target.groupBy) })
      else {
        const { type, from, until } = target
        void navigate({ to: '/admin/audit', search: parseAuditFilters({ type, from, until }) })
      }
    },
    [navigate],
  )
}
