import { useQueries } from '@tanstack/react-query'
import type { AnalyticsGroup } from 'latchkey/client'
import { fetchAnalytics } from '../api/reports.ts'
import { countryName } from '../places/country-name.ts'
import type { KnownValue } from './filter-keys.ts'

const day = 24 * 60 * 60 * 1000
const groups = ['browser', 'os', 'country', 'network'] as const satisfies readonly AnalyticsGroup[]

/** Values that sessions of the last 30 days had, by key, the most frequent first. Nothing where it cannot be told. */
export function useSeenValues(wanted: 'now' | 'not-yet'): Readonly<Record<string, readonly KnownValue[]>> {
  return useQueries({
    queries: groups.map((group) => ({
      queryKey: ['seen-values', group],
      queryFn: ({ signal }: { signal: AbortSignal }) => fetchAnalytics(queryOf(group), signal),
      enabled: wanted === 'now',
      staleTime: 10 * 60_000,
      retry: false,
    })),
    combine: (results) =>
      Object.fromEntries(
        results.map(({ data }, index) => [
          groups[index] ?? '',
          (data?.groups ?? [])
            .filter(({ value }) => value !== 'other')
            .map(({ value }) => knownValue(groups[index], value)),
        ]),
      ),
  })
}

function queryOf(group: AnalyticsGroup): URLSearchParams {
  const today = Math.floor(Date.now() / day) * day
  const iso = (at: number): string => new Date(at).toISOString()
  return new URLSearchParams({
    from: iso(today - 29 * day),
    to: iso(today + day),
    interval: 'day',
    group_by: group,
  })
}

function knownValue(group: AnalyticsGroup | undefined, value: string): KnownValue {
  const name = group === 'country' ? countryName(value) : null
  return name === null || name === value ? { value } : { value, meaning: name }
}
