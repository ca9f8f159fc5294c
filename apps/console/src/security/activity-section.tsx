import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { SessionAnalytics } from 'latchkey/client'
import type { LiveSessions } from 'latchkey/react'
import { type ReactNode, type RefObject, useMemo, useRef } from 'react'
import { sessionService } from '../api/session-service.ts'
import { Button } from '../primitives/button.tsx'
import { Skeleton } from '../primitives/skeleton.tsx'
import { useFocusHeir } from '../primitives/use-focus-heir.ts'
import { activityFigures, totalInWords } from './activity-figures.ts'
import { ActivityStrip } from './activity-strip.tsx'

/** What happened lately: there to be compared with what one remembers, after a mail about a new sign-in, say. */
export function ActivitySection({ live }: { live: LiveSessions }): ReactNode {
  const { sessions, state } = live
  const heading = useRef<HTMLHeadingElement>(null)
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
      <h2 ref={heading} id="activity" tabIndex={-1} className="mb-4 text-base font-semibold">
        Activity in the last 30 days
      </h2>
      <div className="rounded-xl border border-line bg-surface p-5 shadow-raised sm:p-6">
        {analytics.data ? <Activity analytics={analytics.data} /> : null}
        {analytics.isError && !analytics.data ? (
          <Failure heading={heading} onRetry={() => void analytics.refetch()} />
        ) : null}
        {analytics.isPending ? <Skeleton className="h-40 w-full" /> : null}
      </div>
    </section>
  )
}

function Activity({ analytics }: { analytics: SessionAnalytics }): ReactNode {
  return (
    <>
      <div className="mb-5 flex flex-wrap items-end justify-between gap-x-10 gap-y-3">
        <dl className="flex gap-x-10">
          {activityFigures(analytics).map(({ name, value }) => (
            <div key={name}>
              <dt className="text-[0.8125rem] text-muted">{name}</dt>
              <dd className="mt-0.5 text-lg/6 font-semibold tracking-[-0.01em] tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
        <p className="pb-0.5 text-[0.8125rem] text-pretty text-muted">{totalInWords(analytics)}</p>
      </div>
      <ActivityStrip daily={analytics.daily} />
    </>
  )
}

interface FailureProps {
  heading: RefObject<HTMLElement | null>
  onRetry: () => void
}

function Failure({ heading, onRetry }: FailureProps): ReactNode {
  return (
    <div
      role="status"
      ref={useFocusHeir(heading)}
      className="flex flex-wrap items-center justify-between gap-3"
    >
      <p className="text-muted">The activity could not be loaded.</p>
      <Button size="small" onClick={onRetry}>
        Try again
      </Button>
    </div>
  )
}
