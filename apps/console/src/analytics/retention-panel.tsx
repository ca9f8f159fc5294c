import type { RetentionPoint } from 'latchkey/client'
import type { ReactNode } from 'react'
import { Area, AreaChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts'
import { xAxisLook, yAxisLook } from '../charts/axis-look.ts'
import { ChartFrame } from '../charts/chart-frame.tsx'
import { Panel } from '../charts/panel.tsx'
import { durationText, shortDuration } from '../numbers/duration-text.ts'
import { shareText } from '../numbers/number-text.ts'

const name = 'Sessions that were not over yet'

/** How many sessions are still there after a while. */
export function RetentionPanel({ points }: { points: readonly RetentionPoint[] }): ReactNode {
  const known = points.flatMap(({ after_seconds: after, share }) =>
    share === null ? [] : [{ after, share }],
  )
  return (
    <Panel title="How many stay" lead="The share of sessions begun in this time that was not over after …">
      {known.length === 0 ? (
        <p className="py-2 text-[0.8125rem] text-muted">None is old enough to tell.</p>
      ) : (
        <ChartFrame
          name={name}
          summary={`${name}. ${known.map(({ after, share }) => `After ${durationText(after)}: ${shareText(share)}`).join('; ')}.`}
          columns={['After', 'Not over']}
          rows={() =>
            known.map(({ after, share }) => ({
              key: String(after),
              name: durationText(after),
              cells: [shareText(share)],
            }))
          }
        >
          <Curve points={[{ after: 0, share: 1 }, ...known]} />
        </ChartFrame>
      )}
    </Panel>
  )
}

/** One step for each point: they are further apart the later they are. */
function Curve({ points }: { points: readonly { after: number; share: number }[] }): ReactNode {
  return (
    <AreaChart
      responsive
      accessibilityLayer={false}
      data={[...points]}
      className="h-44 w-full"
      margin={{ top: 6, right: 12, bottom: 0, left: 0 }}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="after"
        tickFormatter={(after: number) => (after === 0 ? '0' : shortDuration(after))}
        minTickGap={12}
        {...xAxisLook}
      />
      <YAxis {...yAxisLook} domain={[0, 1]} ticks={[0, 0.25, 0.5, 0.75, 1]} tickFormatter={shareText} />
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: 'var(--field)' }}
        content={({ active, label }) => (
          <Tip point={active ? points.find(({ after }) => after === label) : undefined} />
        )}
      />
      <Area
        dataKey="share"
        type="linear"
        dot={{ r: 2.5, fill: 'var(--chart-1)' }}
        stroke="var(--chart-1)"
        strokeWidth={2}
        fill="var(--chart-1)"
        fillOpacity={0.1}
        activeDot={{ r: 4, stroke: 'var(--surface)' }}
        isAnimationActive={false}
      />
    </AreaChart>
  )
}

function Tip({ point }: { point: { after: number; share: number } | undefined }): ReactNode {
  if (!point) return null
  return (
    <p className="rounded-lg bg-surface px-3 py-2 text-xs shadow-float">
      After {durationText(point.after)}: <strong>{shareText(point.share)}</strong>
    </p>
  )
}
