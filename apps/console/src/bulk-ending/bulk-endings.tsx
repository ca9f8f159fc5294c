import type { BulkEndingOnWire } from 'latchkey/client'
import type { ReactNode } from 'react'
import { actorText } from '../audit/actor-words.ts'
import { Outdated } from '../live/outdated.tsx'
import { Moment } from '../moment/moment.tsx'
import { Card, Failed } from '../primitives/card.tsx'
import { AuditLink, CancelButton, outcomeText, Progress } from './bulk-ending-job.tsx'
import { isRunning, useBulkEndings } from './use-bulk-endings.ts'

/** Earlier bulk endings, and those that run at the moment. Left out where there never was one. */
export function BulkEndings(): ReactNode {
  const result = useBulkEndings()
  if (result.isLoadingError) return <Failed what="The bulk endings" result={result} />
  const jobs = result.data?.bulk_endings ?? []
  if (jobs.length === 0) return null
  return (
    <Card
      id="bulk-endings"
      title="Bulk endings"
      lead="Sessions that were ended by a filter, the newest first."
    >
      <Outdated what="The list of bulk endings" results={[result]} />
      <ul aria-labelledby="bulk-endings" className="divide-y divide-line">
        {jobs.map((job) => (
          <Job key={job.id} job={job} />
        ))}
      </ul>
    </Card>
  )
}

function Job({ job }: { job: BulkEndingOnWire }): ReactNode {
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <p className="font-medium">{isRunning(job) ? 'Running' : outcomeText(job)}</p>
        <code className="text-xs wrap-anywhere">{job.filter}</code>
        <p className="text-[0.8125rem] text-muted">
          {actorText(job.by, job.by_label)}, <Moment at={job.created_at} label="Started" />
        </p>
        {job.note ? (
          <p dir="auto" className="text-[0.8125rem] text-pretty wrap-anywhere">
            {job.note}
          </p>
        ) : null}
        {isRunning(job) ? (
          <div className="mt-2 max-w-sm">
            <Progress job={job} />
          </div>
        ) : null}
      </div>
      <div className="flex items-center gap-4 text-[0.8125rem]">
        <AuditLink job={job} />
        {isRunning(job) ? <CancelButton job={job} /> : null}
      </div>
    </li>
  )
}
