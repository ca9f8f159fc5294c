import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { AuditEntriesResponse } from 'latchkey/client'
import { useCallback } from 'react'
import { fetchAudit } from '../api/administration.ts'
import { type AuditFilters, changeAuditFilters, parseAuditFilters, toAuditQuery } from './audit-filters.ts'

export interface AuditFilterState {
  readonly filters: AuditFilters
  readonly change: (change: Record<string, string>) => void
  readonly clear: () => void
  /** To the page of that cursor, with the cursors of the pages before it. */
  readonly turn: (cursor: string, before: string[]) => Promise<void>
}

/** The filters, which live in the URL. */
export function useAuditFilters(): AuditFilterState {
  const filters = useSearch({ from: '/signed-in/admin/audit', select: parseAuditFilters })
  const navigate = useNavigate()
  const show = useCallback(
    (search: AuditFilters) =>
      void navigate({ to: '/admin/audit', search, replace: true, resetScroll: false }),
    [navigate],
  )
  return {
    filters,
    change: (next) => show(changeAuditFilters(filters, next)),
    clear: () => show({}),
    turn: (cursor, pages) =>
      navigate({ to: '/admin/audit', search: parseAuditFilters({ ...filters, cursor }), state: { pages } }),
  }
}

export function useAudit(filters: AuditFilters): UseQueryResult<AuditEntriesResponse> {
  const query = toAuditQuery(filters).toString()
  return useQuery({
    queryKey: ['audit', query],
    queryFn: ({ signal }) => fetchAudit(new URLSearchParams(query), signal),
    placeholderData: keepPreviousData,
  })
}
