import type { ReactNode } from 'react'
import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts'
import { countText, shareText } from '../numbers/number-text.ts'
import { xAxisLook, yAxisLook } from './axis-look.ts'
import { ChartFrame } from './chart-frame.tsx'
import { ChartTip } from './chart-tip.tsx'

/** One bar. */
export interface HistogramBin {
  /** `5 min to 15 min` */
  readonly name: string
  /** On the axis: `15 min` */
  readonly short: string
  readonly count: number
}

interface HistogramProps {
  name: string
  /** Over the first column of the table. */
  of: string
  bins: readonly HistogramBin[]
}

/** How often each size was there. */
export function Histogram({ name, of, bins }: HistogramProps): ReactNode {
  const total = bins.reduce((sum, { count }) => sum + count, 0)
  const share = (count: number): string => shareText(total === 0 ? 0 : count / total)
  return (
    <ChartFrame
      name={name}
      summary={summary(name, bins)}
      columns={[of, 'Sessions', 'Share']}
      rows={() =>
        bins.map((bin) => ({
          key: bin.name,
          name: bin.name,
          cells: [countText(bin.count), share(bin.count)],
        }))
      }
    >
      <Bars bins={bins} share={share} />
    </ChartFrame>
  )
}

interface BarsProps extends Pick<HistogramProps, 'bins'> {
  share: (count: number) => string
}

function Bars({ bins, share }: BarsProps): ReactNode {
  return (
    <BarChart
      responsive
      accessibilityLayer={false}
      data={[...bins]}
      className="h-44 w-full"
      margin={{ top: 6, right: 8, bottom: 0, left: 0 }}
      barCategoryGap="12%"
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis dataKey="short" interval="equidistantPreserveStart" minTickGap={4} {...xAxisLook} />
      <YAxis {...yAxisLook} />
      <Tooltip
        isAnimationActive={false}
        cursor={{ fill: 'var(--sunken)' }}
        content={({ active, payload }) => {
          const bin = active ? (payload?.[0]?.payload as HistogramBin | undefined) : undefined
          if (!bin) return null
          return (
            <ChartTip
              title={bin.name}
              values={[{ name: 'Sessions', value: bin.count }]}
              hint={share(bin.count)}
            />
          )
        }}
      />
      <Bar dataKey="count" fill="var(--chart-1)" radius={[2, 2, 0, 0]} isAnimationActive={false} />
    </BarChart>
  )
}

function summary(name: string, bins: readonly HistogramBin[]): string {
  const peak = bins.reduce<HistogramBin | null>(
    (most, bin) => (bin.count > (most?.count ?? 0) ? bin : most),
    null,
  )
  return peak === null ? `${name}. None.` : `${name}. Most often ${peak.name}: ${countText(peak.count)}.`
}
