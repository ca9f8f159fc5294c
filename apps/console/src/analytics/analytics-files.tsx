import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { analyticsFilePath } from '../api/reports.ts'

const look =
  'inline-flex h-8 items-center gap-2 rounded-lg border border-edge bg-surface px-3 text-[0.8125rem] font-medium shadow-raised hover:bg-sunken'

/** The same numbers as files. */
export function AnalyticsFiles({ query }: { query: URLSearchParams }): ReactNode {
  return (
    <p className="flex gap-2">
      {(['csv', 'json'] as const).map((format) => (
        <a key={format} href={analyticsFilePath(query, format)} download className={look}>
          <Download aria-hidden className="size-4" />
          <span className="sr-only">Download these numbers as </span>
          {format.toUpperCase()}
        </a>
      ))}
    </p>
  )
}
