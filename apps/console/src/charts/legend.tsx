import type { ReactNode } from 'react'
import { seriesLook } from './series-look.ts'

/** The names of the series, each with a piece of its line. */
export function Legend({ names }: { names: readonly string[] }): ReactNode {
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-xs text-muted">
      {names.map((name, index) => (
        <li key={name} className="flex items-center gap-2">
          <svg aria-hidden="true" width="20" height="8" className="shrink-0">
            <line
              x1="1"
              x2="19"
              y1="4"
              y2="4"
              strokeWidth="2"
              strokeLinecap="round"
              stroke={seriesLook(index).colour}
              strokeDasharray={seriesLook(index).dashes}
            />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  )
}
