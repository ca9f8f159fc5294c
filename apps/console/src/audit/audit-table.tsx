import type { AuditEntry } from 'latchkey/client'
import type { ReactNode } from 'react'
import { auditColumns } from './audit-columns.ts'
import { AuditRow } from './audit-row.tsx'

interface AuditTableProps {
  entries: readonly AuditEntry[]
  filter: (change: Record<string, string>) => void
}

/** The log; each entry opens to all that it holds. */
export function AuditTable({ entries, filter }: AuditTableProps): ReactNode {
  return (
    <>
      <div
        aria-hidden
        className={`hidden gap-x-4 border-b border-line px-5 py-2.5 text-xs font-medium text-muted lg:grid ${auditColumns}`}
      >
        <span>When</span>
        <span>What</span>
        <span>About</span>
        <span>Done by</span>
      </div>
      <ol aria-labelledby="entries" className="divide-y divide-line">
        {entries.map((entry) => (
          <AuditRow key={entry.position} entry={entry} filter={filter} />
        ))}
      </ol>
    </>
  )
}
