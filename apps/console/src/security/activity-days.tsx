import type { DailySessions } from 'latchkey/client'
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { shortDay } from '../moment/exact-moment.ts'
import { dayInWords } from './activity-figures.ts'

/** The strip in words, for those who cannot see it or point at its bars. Newest first; quiet days are left out. */
export function ActivityDays({ days }: { days: readonly DailySessions[] }): ReactNode {
  return (
    <details className="group/days mt-4 text-[0.8125rem]">
      <summary className="flex w-fit list-none items-center gap-1 rounded-md font-medium text-muted hover:text-ink">
        <ChevronRight aria-hidden className="-ml-1 size-4 group-open/days:rotate-90" />
        Day by day
      </summary>
      <ul className="mt-2 grid gap-x-8 gap-y-1 sm:grid-cols-2 lg:grid-cols-3">
        {days.toReversed().map((day) => (
          <li key={day.date} className="flex gap-3">
            <span className="w-14 shrink-0 text-muted tabular-nums">{shortDay(day.date)}</span>
            <span>{dayInWords(day)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
