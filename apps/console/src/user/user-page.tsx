import { useParams } from '@tanstack/react-router'
import type { UserOverviewResponse } from 'latchkey/client'
import { SearchX } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { PageHeading } from '../layout/page-heading.tsx'
import { ReportLink } from '../links/report-link.tsx'
import { LiveMark } from '../live/live-mark.tsx'
import { Outdated } from '../live/outdated.tsx'
import { useLiveReports } from '../live/use-live-reports.ts'
import { PlaceDataLine } from '../places/place-data-line.tsx'
import { Badge } from '../primitives/badge.tsx'
import { Failed, Loading } from '../primitives/card.tsx'
import { ConfirmDialog } from '../primitives/confirm-dialog.tsx'
import { EmptyState } from '../primitives/empty-state.tsx'
import { useConfirmation } from '../primitives/use-confirmation.ts'
import { useUser, useUserChanged, useUserKeys } from './use-user.ts'
import { UserActions } from './user-actions.tsx'
import { UserActivityPanel } from './user-activity-panel.tsx'
import { UserAlertsPanel } from './user-alerts-panel.tsx'
import { UserDevicesPanel } from './user-devices-panel.tsx'
import { UserFacts } from './user-facts.tsx'
import { UserPlacesPanel } from './user-places-panel.tsx'
import { UserSessionsPanel } from './user-sessions-panel.tsx'

/** Administration → one user. */
export function UserPage(): ReactNode {
  const { userId } = useParams({ from: '/signed-in/admin/users/$userId' })
  const { overview, ...others } = useUser(userId)
  const live = useLiveReports(useUserKeys(userId))
  const name = overview.data?.user_label ?? userId
  const isUnknown = overview.data !== undefined && isNobody(overview.data)
  return (
    <div className="mx-auto max-w-6xl space-y-6">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 wrap-anywhere">
          <PageHeading title={name}>{name === userId ? 'A user' : userId}</PageHeading>
        </div>
        <LiveMark state={live} />
      </div>
      {overview.isPending ? <Loading words="Loading the user…" /> : null}
      {isUnknown ? (
        <div className="rounded-xl border border-line bg-surface shadow-raised">
          <EmptyState
            icon={SearchX}
            title="Nothing is known of this user"
            action={<ReportLink target={{ to: 'sessions', filter: '' }}>Search the sessions</ReportLink>}
          >
            There is no session of that ID on record: it may be mistyped, or the user was erased.
          </EmptyState>
        </div>
      ) : null}
      {overview.isLoadingError ? <Failed what="The user" result={overview} /> : null}
      <Outdated what="Some of this page" results={[overview, ...Object.values(others)]} />
      {overview.data && !isUnknown ? <User key={userId} user={overview.data} {...others} /> : null}
      <PlaceDataLine />
    </div>
  )
}

/** The API has zeros for whom nobody has heard of. */
function isNobody(user: UserOverviewResponse): boolean {
  const isSeen = user.first_seen !== null || user.total_sessions > 0 || user.history.sign_ins > 0
  return !isSeen && user.user_label === null && user.open_alerts === 0 && !user.disabled
}

type UserProps = { user: UserOverviewResponse } & Omit<ReturnType<typeof useUser>, 'overview'>

function User({ user, sessions, alerts, audit }: UserProps): ReactNode {
  const top = useRef<HTMLDivElement>(null)
  const { ask, dialog } = useConfirmation(() => top.current?.focus())
  const changed = useUserChanged(user.user_id)
  return (
    <>
      <div ref={top} tabIndex={-1} className="flex flex-wrap items-center justify-between gap-3">
        <div className="flex flex-wrap gap-2">
          {user.disabled ? <Badge look="danger">Disabled</Badge> : null}
          <Badge>
            {user.history.state === 'learning' ? 'Detectors are still learning' : 'Habits are known'}
          </Badge>
        </div>
        <UserActions user={user} ask={ask} changed={changed} />
      </div>
      <UserFacts user={user} />
      <UserSessionsPanel sessions={sessions} userId={user.user_id} ask={ask} changed={changed} />
      <UserPlacesPanel user={user} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <UserDevicesPanel userId={user.user_id} />
        <UserAlertsPanel alerts={alerts} userId={user.user_id} />
      </div>
      <UserActivityPanel audit={audit} userId={user.user_id} />
      <ConfirmDialog {...dialog} />
    </>
  )
}
