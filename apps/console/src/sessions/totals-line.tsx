import type { ReactNode } from 'react'
import { ReportLink } from '../links/report-link.tsx'
import { locale } from '../moment/english.ts'
import { Skeleton } from '../primitives/skeleton.tsx'
import { useTotals } from './use-managed-sessions.ts'

const format = new Intl.NumberFormat(locale)

/** The whole installation in numbers. Left out where it cannot be read: the list matters more. */
export function TotalsLine(): ReactNode {
  const { data, isPending } = useTotals()
  if (isPending) return <Skeleton className="h-12 w-72 max-w-full" />
  if (!data) return null
  const { ended } = data
  const figures = [
    { name: 'Active now', value: data.active_sessions, filter: 'state:live' },
    { name: 'Created', value: data.created },
    { name: 'Signed out', value: ended.logout },
    { name: 'Expired', value: ended.expired },
    { name: 'Ended early', value: ended.revoked },
    { name: 'Replaced', value: ended.replaced },
  ]
  return (
    <dl className="grid grid-cols-3 gap-x-6 gap-y-4 sm:flex sm:flex-wrap sm:gap-x-10">
      {figures.map(({ name, value, filter }) => (
        <div key={name}>
          <dt className="text-[0.8125rem] text-muted">{name}</dt>
          <dd className="mt-0.5 text-lg/6 font-semibold tracking-[-0.01em] tabular-nums">
            <ReportLink target={filter ? { to: 'sessions', filter } : null}>
              {format.format(value)}
            </ReportLink>
          </dd>
        </div>
      ))}
    </dl>
  )
}
