import type { ReactNode } from 'react'

export interface TableRow {
  readonly key: string
  readonly name: ReactNode
  readonly cells: readonly ReactNode[]
}

interface DataTableProps {
  /** What it shows, for those who hear it. */
  caption: string
  /** The first one names the rows. */
  columns: readonly string[]
  rows: readonly TableRow[]
}

/** Numbers in rows: the first column names, the others count. */
export function DataTable({ caption, columns, rows }: DataTableProps): ReactNode {
  const [first, ...others] = columns
  return (
    <table className="w-full text-left text-[0.8125rem] tabular-nums">
      <caption className="sr-only">{caption}</caption>
      <thead className="sticky top-0 bg-surface text-xs text-muted">
        <tr>
          <th scope="col" className="py-1.5 pr-4 font-medium">
            {first}
          </th>
          {others.map((name) => (
            <th key={name} scope="col" className="py-1.5 pl-3 text-right font-medium sm:pl-4">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line border-t border-line">
        {rows.map(({ key, name, cells }) => (
          <tr key={key}>
            <th scope="row" className="min-w-24 py-1.5 pr-4 font-normal wrap-break-word">
              {name}
            </th>
            {cells.map((cell, index) => (
              <td key={others[index]} className="py-1.5 pl-3 text-right whitespace-nowrap sm:pl-4">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
