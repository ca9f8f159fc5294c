import type { DailySessions } from 'latchkey/client'
import type { ReactNode } from 'react'
import { shortDay } from '../moment/exact-moment.ts'
import { Tip } from '../primitives/tip.tsx'
import { ActivityDays } from './activity-days.tsx'
import { dayInWords } from './activity-figures.ts'

/** In high contrast, where the system chooses the colours, its own. */
const colours = {
  created: 'bg-accent forced-colors:bg-[Highlight]',
  ended: 'bg-muted forced-colors:bg-[CanvasText]',
}

/** Thirty days: sign-ins above the line, endings below it. For the eye; `ActivityDays` has the same in words. */
export function ActivityStrip({ daily }: { daily: readonly DailySessions[] }): ReactNode {
  const busy = daily.filter((day) => day.created > 0 || day.ended > 0)
  if (busy.length === 0) return <p className="text-muted">Nobody signed in, and no session ended.</p>
  const most = Math.max(...busy.map((day) => Math.max(day.created, day.ended)))
  return (
    <>
      <div aria-hidden className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-xs text-muted">
        <div className="flex flex-col justify-between text-right tabular-nums">
          <span>{most}</span>
          <span>0</span>
          <span>{most}</span>
        </div>
        <div className="flex h-20">
          {daily.map((day) => (
            <Day key={day.date} day={day} most={most} />
          ))}
        </div>
        <Legend first={daily[0]?.date ?? ''} />
      </div>
      <ActivityDays days={busy} />
    </>
  )
}

function Day({ day, most }: { day: DailySessions; most: number }): ReactNode {
  return (
    <Tip text={`${shortDay(day.date)}: ${dayInWords(day)}`}>
      <div className="group flex min-w-0 flex-1 flex-col">
        <Bar
          share={day.created / most}
          className="items-end border-b border-edge"
          look={`rounded-t-[2px] ${colours.created}`}
        />
        <Bar share={day.ended / most} className="items-start" look={`rounded-b-[2px] ${colours.ended}`} />
      </div>
    </Tip>
  )
}

function Bar({ share, className, look }: { share: number; className: string; look: string }): ReactNode {
  return (
    <span className={`flex flex-1 justify-center group-hover:bg-sunken ${className}`}>
      <span className={`w-3/5 max-w-2.5 ${look}`} style={{ height: `${share * 100}%` }} />
    </span>
  )
}

function Legend({ first }: { first: string }): ReactNode {
  return (
    <div className="col-start-2 mt-2 flex justify-between">
      <span>{shortDay(first)}</span>
      <span className="flex gap-4">
        <span className="flex items-center gap-1.5">
          <span className={`size-2 rounded-[2px] ${colours.created}`} />
          Signed in
        </span>
        <span className="flex items-center gap-1.5">
          <span className={`size-2 rounded-[2px] ${colours.ended}`} />
          Ended
        </span>
      </span>
      <span>Today</span>
    </div>
  )
}
