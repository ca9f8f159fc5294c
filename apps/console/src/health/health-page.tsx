import { useQuery } from '@tanstack/react-query'
import type { HealthCheckOnWire, HealthResponse } from 'latchkey/client'
import { CircleCheck, CircleMinus, CircleX, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { fetchHealth } from '../api/reports.ts'
import { FigureTile } from '../charts/figure-tile.tsx'
import { PageHeading } from '../layout/page-heading.tsx'
import { LiveMark } from '../live/live-mark.tsx'
import { Outdated } from '../live/outdated.tsx'
import { useLiveReports } from '../live/use-live-reports.ts'
import { Moment } from '../moment/moment.tsx'
import { countText } from '../numbers/number-text.ts'
import { Badge } from '../primitives/badge.tsx'
import { Card, Failed, Loading } from '../primitives/card.tsx'
import { standingOf } from './standing.ts'

const queryKey = ['health']
const keys = [queryKey] as const

/** Administration → Health. */
export function HealthPage(): ReactNode {
  const health = useQuery({
    queryKey,
    queryFn: ({ signal }) => fetchHealth(signal),
    refetchInterval: 30_000,
  })
  const live = useLiveReports(keys)
  return (
    <div className="mx-auto max-w-5xl space-y-8">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <PageHeading title="Health">
          What the program has found out about itself, and how to mend it: the same as{' '}
          <code className="text-[0.8125rem] whitespace-nowrap">latchkey doctor</code> says.
        </PageHeading>
        <LiveMark state={live} />
      </div>
      {health.isPending ? <Loading words="Loading the state of the program…" /> : null}
      {health.isLoadingError ? <Failed what="The state of the program" result={health} /> : null}
      <Outdated what="The state of the program" results={[health]} />
      {health.data ? <Health health={health.data} /> : null}
    </div>
  )
}

/** What the page shows of an answer. */
export function Health({ health }: { health: HealthResponse }): ReactNode {
  const { title, icon: Icon, look } = standingWords[standingOf(health.checks)]
  const order = { failed: 0, warning: 1, skipped: 2, ok: 3 }
  const checks = health.checks.toSorted((one, other) => order[one.state] - order[other.state])
  return (
    <>
      <div role="status" className={`flex items-center gap-3 rounded-xl px-5 py-4 ${look}`}>
        <Icon aria-hidden className="size-5 shrink-0" />
        <p className="font-medium">{title}</p>
        <p className="ml-auto text-[0.8125rem] whitespace-nowrap first-letter:uppercase">
          <Moment at={health.at} label="Looked at" />
        </p>
      </div>
      <Lags health={health} />
      <Card id="checks" title="What was looked at" lead="What needs mending comes first.">
        <ul aria-labelledby="checks" className="divide-y divide-line">
          {checks.map((check) => (
            <Check key={`${check.name} ${check.message}`} check={check} />
          ))}
        </ul>
      </Card>
    </>
  )
}

const standingWords: Record<
  ReturnType<typeof standingOf>,
  { title: string; icon: LucideIcon; look: string }
> = {
  failed: {
    title: 'Something is broken',
    icon: CircleX,
    look: 'bg-danger-soft text-danger-text',
  },
  warning: {
    title: 'Something should be mended',
    icon: TriangleAlert,
    look: 'bg-warning-soft text-warning-text',
  },
  ok: { title: 'All is well', icon: CircleCheck, look: 'bg-accent-soft text-accent-text' },
}

function Lags({ health }: { health: HealthResponse }): ReactNode {
  const { events_behind: behind, oldest_event_behind: oldest, cleanup, rollups, detectors } = health
  return (
    <dl className="grid gap-3 sm:grid-cols-3">
      <FigureTile
        name="Events not counted yet"
        value={behind}
        note={
          oldest === null ? (
            `All up to number ${countText(rollups.position)}`
          ) : (
            <>
              The oldest came <Moment at={oldest} />
            </>
          )
        }
        link={plain}
      />
      <FigureTile
        name="Events not looked at by detectors"
        value={detectors.position === null ? null : detectors.behind}
        note={
          detectors.position === null
            ? 'No detector runs'
            : `All up to number ${countText(detectors.position)}`
        }
        link={plain}
      />
      <CleanupTile cleanup={cleanup} />
    </dl>
  )
}

function CleanupTile({ cleanup }: Pick<HealthResponse, 'cleanup'>): ReactNode {
  return (
    <FigureTile
      name="Sessions that wait for cleanup"
      value={cleanup.backlog}
      note={
        cleanup.last_run === null ? (
          'It has not run yet'
        ) : (
          <>
            It last ran <Moment at={cleanup.last_run} />
          </>
        )
      }
      link={plain}
    />
  )
}

function plain(number: string): ReactNode {
  return number
}

const states: Record<HealthCheckOnWire['state'], { name: string; icon: LucideIcon; colour: string }> = {
  ok: { name: 'In order', icon: CircleCheck, colour: 'text-muted' },
  warning: { name: 'Warning', icon: TriangleAlert, colour: 'text-warning-text' },
  failed: { name: 'Failed', icon: CircleX, colour: 'text-danger-text' },
  skipped: { name: 'Not looked at', icon: CircleMinus, colour: 'text-muted' },
}

function Check({ check: { name, state, message, remedy } }: { check: HealthCheckOnWire }): ReactNode {
  const { name: stateName, icon: Icon, colour } = states[state]
  return (
    <li className="flex items-start gap-3 py-3">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${colour}`} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium first-letter:uppercase">{name.replaceAll('-', ' ')}</span>
          {state === 'ok' ? (
            <span className="sr-only">{stateName}</span>
          ) : (
            <Badge look={state === 'failed' ? 'danger' : 'plain'}>{stateName}</Badge>
          )}
        </p>
        <p className="text-[0.8125rem] text-pretty wrap-anywhere text-muted">{message}</p>
        {remedy ? <p className="mt-1 text-[0.8125rem] text-pretty wrap-anywhere">{remedy}</p> : null}
      </div>
    </li>
  )
}
