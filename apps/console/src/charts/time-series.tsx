import type { ReactNode } from 'react'
import { Area, CartesianGrid, ComposedChart, Tooltip, XAxis, YAxis } from 'recharts'
import { axisText, axisTicks, type BucketInterval, bucketText } from '../moment/bucket-text.ts'
import { countText } from '../numbers/number-text.ts'
import { xAxisLook, yAxisLook } from './axis-look.ts'
import { ChartFrame } from './chart-frame.tsx'
import { ChartTip } from './chart-tip.tsx'
import type { TableRow } from './data-table.tsx'
import { Legend } from './legend.tsx'
import { seriesLook } from './series-look.ts'
import { type SeriesTotal, seriesSummary } from './series-summary.ts'
import type { TimePoint } from './time-point.ts'

interface TimeSeriesProps {
  name: string
  interval: BucketInterval
  /** At most `mostSeries`. */
  series: readonly string[]
  points: readonly TimePoint[]
  /** A number of the table, as a link to what is behind it. `series`: its place. */
  cell?: (point: TimePoint, series: number) => ReactNode
  /** Default `sum`. */
  total?: SeriesTotal
  /** Higher where something high stands beside it; 14 rem where it is left out. */
  height?: string
  /** The point was pressed. */
  onFollow?: (point: TimePoint) => void
}

/** Numbers over time, as lines over one axis that begins at 0. */
export function TimeSeries(props: TimeSeriesProps): ReactNode {
  const { name, interval, series, points, cell = plainCell, total } = props
  const rows = (): TableRow[] =>
    points.toReversed().map((point) => ({
      key: point.start,
      name: bucketText(point.start, interval),
      cells: series.map((_, index) => cell(point, index)),
    }))
  return (
    <ChartFrame
      name={name}
      summary={seriesSummary(name, series, points, interval, total)}
      legend={<Legend names={series} />}
      columns={[interval === 'hour' ? 'Hour' : 'Day', ...series]}
      rows={rows}
    >
      <Picture {...props} />
    </ChartFrame>
  )
}

function plainCell({ values }: TimePoint, series: number): ReactNode {
  const value = values[series] ?? null
  return value === null ? '–' : countText(value)
}

/** An axis that ended with 1 would make one sign-in look like many. */
const fewest = 4

function Picture({ interval, series, points, height = 'h-56', onFollow }: TimeSeriesProps): ReactNode {
  const starts = points.map(({ start }) => start)
  const most = Math.max(0, ...points.flatMap(({ values }) => values.map((value) => value ?? 0)))
  function follow(state: { activeLabel?: string | number | undefined }): void {
    const point = points.find(({ start }) => start === state.activeLabel)
    if (point) onFollow?.(point)
  }
  return (
    <ComposedChart
      responsive
      accessibilityLayer={false}
      data={[...points]}
      className={`${height} w-full ${onFollow ? '[&_svg]:cursor-pointer' : ''}`}
      margin={{ top: 6, right: 12, bottom: 0, left: 0 }}
      onClick={follow}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="start"
        ticks={axisTicks(starts, interval)}
        tickFormatter={(start: string) => axisText(start, interval)}
        interval="preserveStartEnd"
        minTickGap={16}
        {...xAxisLook}
      />
      <YAxis {...yAxisLook} domain={[0, most < fewest ? fewest : 'auto']} />
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: 'var(--field)' }}
        content={({ active, label }) => (
          <Tip at={active ? label : undefined} {...{ interval, series, points }} isLink={Boolean(onFollow)} />
        )}
      />
      {series.map((line, index) => lineOf(line, index))}
    </ComposedChart>
  )
}

/** The first one has a shade below it. */
function lineOf(name: string, index: number): ReactNode {
  const { colour, dashes } = seriesLook(index)
  return (
    <Area
      key={name}
      name={name}
      dataKey={(point: TimePoint) => point.values[index] ?? null}
      type="linear"
      stroke={colour}
      strokeWidth={2}
      strokeDasharray={dashes ?? ''}
      fill={colour}
      fillOpacity={index === 0 ? 0.1 : 0}
      activeDot={{ r: 4, stroke: 'var(--surface)' }}
      isAnimationActive={false}
    />
  )
}

interface TipProps extends Pick<TimeSeriesProps, 'interval' | 'series' | 'points'> {
  at: string | number | undefined
  isLink: boolean
}

function Tip({ at, interval, series, points, isLink }: TipProps): ReactNode {
  const point = points.find(({ start }) => start === at)
  if (!point) return null
  return (
    <ChartTip
      title={bucketText(point.start, interval)}
      values={series.map((name, index) => ({ name, value: point.values[index] ?? null }))}
      hint={isLink ? 'Press to see these sessions' : null}
    />
  )
}
