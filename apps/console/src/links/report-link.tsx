import { Link } from '@tanstack/react-router'
import type { AnalyticsGroup } from 'latchkey/client'
import type { ReactNode } from 'react'
import { type AnalyticsSearch, parseAnalyticsSearch } from '../analytics/analytics-search.ts'
import { parseAuditFilters } from '../audit/audit-filters.ts'
import { parseSessionFilters } from '../sessions/session-filters.ts'

/** Where a number leads to. */
export type ReportTarget =
  /** The sessions of a filter. */
  | { readonly to: 'sessions'; readonly filter: string }
  /** Entries of the audit log: of a type, from an instant on and before another. */
  | { readonly to: 'audit'; readonly type: string; readonly from: string; readonly until: string }
  /** The sign-ins of the last 24 hours by that group. */
  | { readonly to: 'analytics'; readonly groupBy: AnalyticsGroup }

interface ReportLinkProps {
  target: ReportTarget | null
  className?: string
  /** Where the words alone do not say what it leads to. */
  label?: string
  children: ReactNode
}

const look = 'rounded-sm underline decoration-edge underline-offset-4 hover:decoration-current'

/** What Analytics shows of that group over the last 24 hours. */
export function lastDayBy(groupBy: AnalyticsGroup): AnalyticsSearch {
  return parseAnalyticsSearch({ period: '24h', group_by: groupBy })
}

/** A number that leads to what is behind it; plain text where nothing is. */
export function ReportLink({ target, className = '', label, children }: ReportLinkProps): ReactNode {
  if (target === null) return <span className={className}>{children}</span>
  const shared = { className: `${look} ${className}`, ...(label ? { 'aria-label': label } : {}) }
  if (target.to === 'sessions') {
    return (
      <Link to="/admin/sessions" search={parseSessionFilters({ filter: target.filter })} {...shared}>
        {children}
      </Link>
    )
  }
  if (target.to === 'analytics') {
    return (
      <Link to="/admin/analytics" search={lastDayBy(target.groupBy)} {...shared}>
        {children}
      </Link>
    )
  }
  const { type, from, until } = target
  return (
    <Link to="/admin/audit" search={parseAuditFilters({ type, from, until })} {...shared}>
      {children}
    </Link>
  )
}
