import type { DailySessions } from 'latchkey/client'
import type { ReactNode } from 'react'
import { shortDay } from '../moment/exact-moment.ts'
import { Tip } from '../primitives/tip.tsx'
import { dayInWords } from './activity-figures.ts'

/** Thirty days: sign-ins above the line, endings below it. In words for screen readers, quiet days left out. */
export function ActivityStrip({ daily }: { daily: readonly DailySessions[] }): ReactNode {
  const [first] = daily
  if (!first) return null
  const most = Math.max(1, ...daily.map((day) => Math.max(day.created, day.ended)))
  const busy = daily.filter((day) => day.created > 0 || day.ended > 0)
  return (
    <div>
      <div aria-hidden className="flex h-20">
        {daily.map((day) => (
          <Tip key={day.date} text={`${shortDay(day.date)}: ${dayInWords(day)}`}>
            <div className="group flex min-w-0 flex-1 flex-col">
              <Bar
                share={day.created / most}
                className="items-end border-b border-edge"
                colour="bg-accent rounded-t-[2px]"
              />
              <Bar share={day.ended / most} className="items-start" colour="rounded-b-[2px] bg-muted/45" />
            </div>
          </Tip>
        ))}
      </div>
      <div aria-hidden className="mt-2 flex justify-between text-xs text-muted">
        <span>{shortDay(first.date)}</span>
        <span className="flex gap-4">
          <Legend colour="bg-accent">Signed in</Legend>
          <Legend colour="bg-muted/45">Ended</Legend>
        </span>
        <span>Today</span>
      </div>
      <ul className="sr-only">
        {busy.map((day) => (
          <li key={day.date}>
            {shortDay(day.date)}: {dayInWords(day)}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Bar({ share, className, colour }: { share: number; className: string; colour: string }): ReactNode {
  return (
    <span className={`flex flex-1 justify-center group-hover:bg-sunken ${className}`}>
      <span className={`w-3/5 max-w-2.5 ${colour}`} style={{ height: `${share * 100}%` }} />
    </span>
  )
}

function Legend({ colour, children }: { colour: string; children: ReactNode }): ReactNode {
  return (
    <span className="flex items-center gap-1.5">
      <span className={`size-2 rounded-[2px] ${colour}`} />
      {children}
    </span>
  )
}
