import type { AuditEntry } from 'latchkey/client'
import type { LiveSessions } from 'latchkey/react'
import { History, RefreshCw } from 'lucide-react'
import { type ReactNode, type RefObject, useRef } from 'react'
import type { KnownDevices } from '../devices/use-known-devices.ts'
import { Button } from '../primitives/button.tsx'
import { EmptyState } from '../primitives/empty-state.tsx'
import { Skeleton } from '../primitives/skeleton.tsx'
import { useFocusHeir } from '../primitives/use-focus-heir.ts'
import { ActivityEntry } from './activity-entry.tsx'
import { useActivity } from './use-activity.ts'

interface RecentActivityProps {
  live: LiveSessions
  devices: KnownDevices
  onChangePassword: () => void
}

/** What happened to the account, entry by entry. */
export function RecentActivity({ live, devices, onChangePassword }: RecentActivityProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null)
  const activity = useActivity(live)
  const entries = activity.data?.pages.flatMap((page) => page.entries).filter(isNews) ?? []
  const currentId = live.sessions.find((session) => session.is_current)?.id ?? null
  return (
    <section aria-labelledby="recent-activity">
      <h2 ref={heading} id="recent-activity" tabIndex={-1} className="text-base font-semibold">
        Recent activity
      </h2>
      <p className="mt-0.5 mb-4 text-[0.8125rem] text-pretty text-muted">
        What happened to your account, the newest first. Whatever you do not remember deserves a second look.
      </p>
      <div
        aria-busy={activity.isPending}
        className="overflow-hidden rounded-xl border border-line bg-surface shadow-raised"
      >
        {activity.isPending ? <Loading /> : null}
        {activity.isLoadingError ? <Failure activity={activity} heading={heading} /> : null}
        {activity.data && entries.length === 0 ? <Nothing /> : null}
        {entries.length > 0 ? (
          <ol aria-labelledby="recent-activity" className="divide-y divide-line">
            {entries.map((entry) => (
              <ActivityEntry
                key={entry.position}
                entry={entry}
                device={devices.find(entry.device_id)}
                isHere={entry.session_id !== null && entry.session_id === currentId}
                onChangePassword={onChangePassword}
              />
            ))}
          </ol>
        ) : null}
        {activity.hasNextPage ? <More activity={activity} heading={heading} /> : null}
      </div>
    </section>
  )
}

/** That a session was created says that its user signed in, too. */
function isNews({ type, session_id: sessionId }: AuditEntry): boolean {
  return type !== 'sign-in.succeeded' || sessionId === null
}

interface PartProps {
  activity: ReturnType<typeof useActivity>
  /** Takes the focus from a button that goes away. */
  heading: RefObject<HTMLElement | null>
}

function More({ activity, heading }: PartProps): ReactNode {
  return (
    <div
      ref={useFocusHeir(heading)}
      className="flex flex-wrap items-center gap-3 border-t border-line px-5 py-3"
    >
      <Button
        size="small"
        busy={activity.isFetchingNextPage ? 'Loading…' : null}
        onClick={() => void activity.fetchNextPage()}
      >
        Show more
      </Button>
      {activity.isFetchNextPageError ? (
        <p role="alert" className="text-[0.8125rem] text-danger-text">
          That did not work. {activity.error?.message}
        </p>
      ) : null}
    </div>
  )
}

function Failure({ activity, heading }: PartProps): ReactNode {
  return (
    <div role="status" ref={useFocusHeir(heading)}>
      <EmptyState
        icon={RefreshCw}
        title="The recent activity could not be loaded"
        action={<Button onClick={() => void activity.refetch()}>Load it again</Button>}
      >
        {activity.error?.message}
      </EmptyState>
    </div>
  )
}

function Nothing(): ReactNode {
  return (
    <EmptyState icon={History} title="Nothing yet">
      Sign-ins and changes appear here from now on.
    </EmptyState>
  )
}

function Loading(): ReactNode {
  return (
    <div className="divide-y divide-line">
      <span role="status" className="sr-only">
        Loading the recent activity…
      </span>
      {['a', 'b', 'c', 'd'].map((row) => (
        <div key={row} className="flex items-center gap-3.5 px-5 py-4">
          <Skeleton className="size-4" />
          <Skeleton className="h-3.5 w-56 max-w-full" />
          <Skeleton className="ml-auto h-3 w-16" />
        </div>
      ))}
    </div>
  )
}
