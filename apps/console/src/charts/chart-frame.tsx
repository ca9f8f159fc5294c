import { ChartLine, Table2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '../primitives/button.tsx'
import { DataTable, type TableRow } from './data-table.tsx'

interface ChartFrameProps {
  /** What is to be seen. */
  name: string
  /** The picture in a sentence, with its numbers, for those who do not see it. */
  summary: string
  legend?: ReactNode
  columns: readonly string[]
  /** The same numbers. Asked for only when the table is shown. */
  rows: () => readonly TableRow[]
  children: ReactNode
}

/** A picture with its table beside it: one button changes between them. */
export function ChartFrame({ name, summary, legend, columns, rows, children }: ChartFrameProps): ReactNode {
  const [shown, setShown] = useState<'picture' | 'table'>('picture')
  const isTable = shown === 'table'
  const Icon = isTable ? ChartLine : Table2
  return (
    <figure aria-label={name}>
      <figcaption className="mb-3 flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <div className="min-w-0">{isTable ? null : legend}</div>
        <Button
          look="quiet"
          size="small"
          className="-mr-3 ml-auto"
          onClick={() => setShown(isTable ? 'picture' : 'table')}
        >
          <Icon aria-hidden className="size-4" />
          {isTable ? 'Show as chart ' : 'Show as table '}
          <span className="sr-only">({name})</span>
        </Button>
      </figcaption>
      {isTable ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <section tabIndex={0} aria-label={`${name}, as a table`} className="max-h-80 overflow-auto pr-1">
          <DataTable caption={name} columns={columns} rows={rows()} />
        </section>
      ) : (
        <div role="img" aria-label={summary}>
          {children}
        </div>
      )}
    </figure>
  )
}
