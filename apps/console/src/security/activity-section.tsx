import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { SessionAnalytics } from 'latchkey/client'
import type { LiveSessions } from 'latchkey/react'
import { type ReactNode, useMemo } from 'react'
import { sessionService } from '../api/session-service.ts'
import { Button } from '../primitives/button.tsx'
import { Skeleton } from '../primitives/skeleton.tsx'
import { activityFigures } from './activity-figures.ts'
import { ActivityStrip } from './activity-strip.tsx'

/** What happened lately: there to be compared with what one remembers, after a mail about a new sign-in, say. */
export function ActivitySection({ live }: { live: LiveSessions }): ReactNode {
  const { sessions, state } = live
  const ids = useMemo(
    () =>
      sessions
        .map((session) => session.id)
        .toSorted()
        .join(),
    [sessions],
  )
  const analytics = useQuery({
    queryKey: ['analytics', ids],
    queryFn: () => sessionService.getSessionAnalytics(),
    enabled: state === 'ready' || state === 'error',
    placeholderData: keepPreviousData,
  })
  return (
    <section aria-labelledby="activity">
      <h2 id="activity" className="mb-4 text-base font-semibold">
        Activity in the last 30 days
      </h2>
      <div className="rounded-xl border border-line bg-surface p-5 shadow-raised sm:p-6">
        {analytics.data ? <Activity analytics={analytics.data} /> : null}
        {analytics.isError && !analytics.data ? <Failure onRetry={() => void analytics.refetch()} /> : null}
        {analytics.isPending ? <Skeleton className="h-40 w-full" /> : null}
      </div>
    </section>
  )
}

function Activity({ analytics }: { analytics: SessionAnalytics }): ReactNode {
  return (
    <>
      <dl className="mb-6 grid grid-cols-3 gap-x-6 gap-y-4 sm:flex sm:flex-wrap sm:gap-x-10">
        {activityFigures(analytics).map(({ name, value }) => (
          <div key={name} className="last:col-span-full">
            <dt className="text-[0.8125rem] text-muted">{name}</dt>
            <dd className="mt-0.5 text-lg/6 font-semibold tracking-[-0.01em] tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <ActivityStrip daily={analytics.daily} />
    </>
  )
}

function Failure({ onRetry }: { onRetry: () => void }): ReactNode {
  return (
    <div role="status" className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-muted">The activity could not be loaded.</p>
      <Button size="small" onClick={onRetry}>
        Try again
      </Button>
    </div>
  )
}
