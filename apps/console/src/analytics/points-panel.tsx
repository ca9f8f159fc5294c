import type { AnalyticsGroup, AnalyticsResponse } from 'latchkey/client'
import { type ReactNode, useState } from 'react'
import { blankAhead } from '../charts/not-yet.ts'
import { Panel } from '../charts/panel.tsx'
import { shareName } from '../charts/share-names.ts'
import type { TimePoint } from '../charts/time-point.ts'
import { TimeSeries } from '../charts/time-series.tsx'
import { useFollow } from '../links/use-follow.ts'
import { useNow } from '../moment/use-now.ts'
import { inputLook } from '../primitives/text-field.tsx'
import { createdOrEnded, groups } from './analytics-search.ts'
import { filterOfStep, PointsCell } from './points-cell.tsx'
import { shownValues } from './shown-values.ts'

interface PointsPanelProps {
  report: AnalyticsResponse
  group: AnalyticsGroup
}

type Measures = 'sessions' | 'tokens' | 'people' | 'group'

/** The period in steps. */
export function PointsPanel({ report, group }: PointsPanelProps): ReactNode {
  const [shown, setShown] = useState<Measures>('sessions')
  const follow = useFollow()
  const now = useNow()
  const names = namesOf(group)
  const { series, points } = pointsOf(report, group, shown)
  return (
    <Panel
      title="Over time"
      lead={report.interval === 'hour' ? 'Hours, in your time zone' : 'Days in UTC'}
      action={
        <MeasuresChoice
          names={names}
          shown={shown}
          onChange={setShown}
          hasGroup={report.group_points !== null}
        />
      }
    >
      <TimeSeries
        name={names[shown]}
        interval={report.interval}
        series={series}
        points={blankAhead(points, now)}
        cell={(point, index) => (
          <PointsCell {...{ report, group, shown, point }} series={index} name={series[index] ?? ''} />
        )}
        {...(shown === 'people' ? { total: 'none' } : {})}
        {...(isOfCreated(shown, group)
          ? {
              onFollow: (point: TimePoint) => follow({ to: 'sessions', filter: filterOfStep(report, point) }),
            }
          : {})}
      />
    </Panel>
  )
}

/** Whether it shows sessions that can be listed: by when they were created. */
function isOfCreated(shown: Measures, group: AnalyticsGroup): boolean {
  return shown === 'sessions' || (shown === 'group' && group !== 'reason')
}

function namesOf(group: AnalyticsGroup): Record<Measures, string> {
  return {
    sessions: 'Signed in and ended',
    tokens: 'Verified and refused',
    people: 'Distinct users and devices',
    group: `${createdOrEnded(group)}, by ${groups[group].toLowerCase()}`,
  }
}

interface MeasuresChoiceProps {
  names: Readonly<Record<Measures, string>>
  shown: Measures
  onChange: (measures: Measures) => void
  hasGroup: boolean
}

function MeasuresChoice({ names, shown, onChange, hasGroup }: MeasuresChoiceProps): ReactNode {
  return (
    <select
      aria-label="What is shown over time"
      value={shown}
      onChange={(event) => onChange(event.target.value as Measures)}
      className={`${inputLook} h-8! w-auto! max-w-full text-[0.8125rem]!`}
    >
      {Object.entries(names).map(([measures, name]) =>
        measures === 'group' && !hasGroup ? null : (
          <option key={measures} value={measures}>
            {name}
          </option>
        ),
      )}
    </select>
  )
}

function pointsOf(
  report: AnalyticsResponse,
  group: AnalyticsGroup,
  shown: Measures,
): { series: string[]; points: TimePoint[] } {
  if (shown === 'group') return groupPoints(report, group)
  const { points } = report
  switch (shown) {
    case 'tokens':
      return {
        series: ['Verified', 'Refused'],
        points: points.map(({ start, verified, refused }) => ({ start, values: [verified, refused] })),
      }
    case 'people':
      return {
        series: ['Users', 'Devices'],
        points: points.map((point) => ({
          start: point.start,
          values: [point.distinct_users, point.distinct_devices],
        })),
      }
    default:
      return {
        series: ['Signed in', 'Ended'],
        points: points.map(({ start, created, ended }) => ({ start, values: [created, ended] })),
      }
  }
}

function groupPoints(
  report: AnalyticsResponse,
  group: AnalyticsGroup,
): { series: string[]; points: TimePoint[] } {
  const values = shownValues(report)
  return {
    series: values.map((value) => shareName(group, value)),
    points: (report.group_points ?? []).map(({ start, created }) => ({
      start,
      values: values.map((value) => created[value] ?? 0),
    })),
  }
}
