import { type ReactNode, useRef } from 'react'
import { PageHeading } from '../layout/page-heading.tsx'
import { AuditFilterBar } from './audit-filter-bar.tsx'
import { AuditResult } from './audit-result.tsx'
import { ChainCheck } from './chain-check.tsx'
import { useAuditFilters } from './use-audit.ts'

/** Administration → Audit log. */
export function AuditPage(): ReactNode {
  const filterState = useAuditFilters()
  const top = useRef<HTMLHeadingElement>(null)
  return (
    <div className="mx-auto max-w-6xl space-y-8">
      <PageHeading title="Audit log">
        Every change, who made it and why, the newest first. Entries are chained: one that is altered or
        removed is found.
      </PageHeading>
      <ChainCheck />
      <section aria-labelledby="entries">
        <h2 ref={top} id="entries" tabIndex={-1} className="sr-only">
          Entries
        </h2>
        <AuditFilterBar filterState={filterState} />
        <AuditResult filterState={filterState} top={top} />
      </section>
    </div>
  )
}
