import { ArrowDown, ArrowUp, Equal } from 'lucide-react'
import type { ReactNode } from 'react'
import { type Comparison, comparison } from '../numbers/comparison.ts'
import { countText, roomyCount } from '../numbers/number-text.ts'

interface FigureTileProps {
  name: string
  /** Null where it cannot be told. */
  value: number | null
  /** What it was before, and what that is called; left out where nothing is to be compared. */
  before?: { readonly value: number | null; readonly called: string }
  /** Below it, in place of the comparison. */
  note?: ReactNode
  /** Wraps the number: a link to what is behind it. */
  link: (number: string) => ReactNode
}

/** One number with its name and how it has changed; in a `dl`. */
export function FigureTile({ name, value, before, note, link }: FigureTileProps): ReactNode {
  const change =
    before === undefined || before.value === null || value === null
      ? null
      : comparison(value, before.value, before.called)
  return (
    <div className="min-w-0 rounded-xl border border-line bg-surface px-4 py-3.5 shadow-raised">
      <dt className="text-[0.8125rem] text-muted">{name}</dt>
      <dd>
        <span
          title={value === null ? undefined : countText(value)}
          className="mt-1 block text-2xl/8 font-semibold tracking-[-0.02em] tabular-nums"
        >
          {value === null ? <span className="text-muted">–</span> : link(roomyCount(value))}
        </span>
        <span className="mt-0.5 block text-xs/5 text-pretty text-muted">
          {change ? <Change change={change} /> : note}
        </span>
      </dd>
    </div>
  )
}

const icons = { up: ArrowUp, down: ArrowDown, same: Equal }

function Change({ change }: { change: Comparison }): ReactNode {
  const Icon = icons[change.direction]
  return (
    <span className="inline-flex items-start gap-1">
      <Icon aria-hidden className="mt-1 size-3 shrink-0" />
      <span className="first-letter:uppercase">{change.words}</span>
    </span>
  )
}
