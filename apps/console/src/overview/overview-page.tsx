import type { OverviewResponse } from 'latchkey/client'
import { UserRoundX } from 'lucide-react'
import type { ReactNode } from 'react'
import { PageHeading } from '../layout/page-heading.tsx'
import { BehindNotice } from '../live/behind-notice.tsx'
import { LiveMark } from '../live/live-mark.tsx'
import { Outdated } from '../live/outdated.tsx'
import { useLiveReports } from '../live/use-live-reports.ts'
import { PlaceDataLine } from '../places/place-data-line.tsx'
import { Failed } from '../primitives/card.tsx'
import { EmptyState } from '../primitives/empty-state.tsx'
import { DurationsPanel } from './durations-panel.tsx'
import { HoursPanel } from './hours-panel.tsx'
import { KeyFigures } from './key-figures.tsx'
import { OpenAlertsPanel } from './open-alerts-panel.tsx'
import { OverviewSkeleton } from './overview-skeleton.tsx'
import { PlacesPanel } from './places-panel.tsx'
import { SharesPanel } from './shares-panel.tsx'
import { overviewKeys, useOverview } from './use-overview.ts'

/** Administration → Overview. */
export function OverviewPage(): ReactNode {
  const overview = useOverview()
  const live = useLiveReports(overviewKeys)
  return (
    <div className="mx-auto max-w-6xl space-y-6">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <PageHeading title="Overview">
          Who is signed in, what has changed since the day before, and what is odd.
        </PageHeading>
        <LiveMark state={live} />
      </div>
      {overview.isPending ? <OverviewSkeleton /> : null}
      {overview.isLoadingError ? <Failed what="The overview" result={overview} /> : null}
      <Outdated what="The overview" results={[overview]} />
      {overview.data ? <Overview overview={overview.data} /> : null}
      <PlaceDataLine />
    </div>
  )
}

/** What the page shows of an answer. */
export function Overview({ overview }: { overview: OverviewResponse }): ReactNode {
  return (
    <>
      <BehindNotice events={overview.events_behind} />
      <KeyFigures overview={overview} />
      {isEmpty(overview) ? (
        <Nothing />
      ) : (
        <>
          <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
            <HoursPanel hours={overview.hours} />
            <OpenAlertsPanel alerts={overview.open_alerts} />
          </div>
          <PlacesPanel countries={overview.countries} />
          <SharesPanel overview={overview} />
          <DurationsPanel overview={overview} />
        </>
      )}
    </>
  )
}

function isEmpty({
  active_sessions: active,
  last_24_hours: last,
  hours,
  open_alerts: alerts,
}: OverviewResponse): boolean {
  const happened = last.created + last.ended + active + alerts.total
  return happened === 0 && hours.every(({ created, ended }) => created === 0 && ended === 0)
}

function Nothing(): ReactNode {
  return (
    <div className="rounded-xl border border-line bg-surface shadow-raised">
      <EmptyState icon={UserRoundX} title="No sessions yet">
        Once somebody signs in, this page shows who, where and on what, as it happens.
      </EmptyState>
    </div>
  )
}
