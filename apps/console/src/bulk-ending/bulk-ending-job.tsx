import { Link } from '@tanstack/react-router'
import type { BulkEndingOnWire } from 'latchkey/client'
import { Check } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { cancelBulkEnding } from '../api/bulk-endings.ts'
import { exactMoment } from '../moment/exact-moment.ts'
import { counted, countText } from '../numbers/number-text.ts'
import { announce } from '../primitives/announcer.tsx'
import { Button } from '../primitives/button.tsx'
import { Notice } from '../primitives/notice.tsx'
import { useAttempt } from '../primitives/use-attempt.ts'
import { isRunning, useBulkEnding, useBulkEndingChanged } from './use-bulk-endings.ts'

interface BulkEndingJobProps {
  id: string
  onClose: () => void
}

/** A job as it goes on, and its receipt once it is over. */
export function BulkEndingJob({ id, onClose }: BulkEndingJobProps): ReactNode {
  const { data: job, error } = useBulkEnding(id)
  const changed = useBulkEndingChanged()
  const state = job?.state
  const told = useRef(false)
  useEffect(() => {
    if (job === undefined || isRunning(job) || told.current) return
    told.current = true
    announce(outcomeText(job))
    void changed(job)
  }, [job, changed])
  return (
    <div className="mt-3 space-y-4">
      {job === undefined ? <p className="text-muted">Starting…</p> : null}
      {job && isRunning(job) ? <Progress job={job} /> : null}
      {error ? (
        <Notice look="danger" role="status">
          How far it is could not be asked; the job itself goes on. {error.message}
        </Notice>
      ) : null}
      {job && !isRunning(job) ? <Receipt job={job} /> : null}
      {job && isRunning(job) ? (
        <p className="text-[0.8125rem] text-pretty text-muted">
          You may close this: it goes on by itself, even when this node stops.
        </p>
      ) : null}
      <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        {job && state === 'running' ? <CancelButton job={job} /> : null}
        <Button look="primary" autoFocus className="max-sm:h-10" onClick={onClose}>
          {state === 'running' ? 'Close' : 'Done'}
        </Button>
      </div>
    </div>
  )
}

export function Progress({ job }: { job: BulkEndingOnWire }): ReactNode {
  const share = job.expected === 0 ? 1 : Math.min(1, job.ended / job.expected)
  return (
    <div>
      <p className="mb-1.5 flex justify-between gap-4 tabular-nums">
        <span className="font-medium">
          {countText(job.ended)} of {countText(job.expected)} ended
        </span>
        <span className="text-muted">{Math.floor(share * 100)} %</span>
      </p>
      <progress
        aria-label="Sessions ended"
        max={1}
        value={share}
        className="block h-2 w-full appearance-none overflow-hidden rounded-full bg-sunken forced-colors:appearance-auto [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
      />
    </div>
  )
}

/** Ends it where it is; also used in the list of jobs. */
export function CancelButton({ job }: { job: BulkEndingOnWire }): ReactNode {
  const changed = useBulkEndingChanged()
  const { state, failure, attempt } = useAttempt(
    async () => changed(await cancelBulkEnding(job.id)),
    () => announce('Cancelled. What had ended stays ended.'),
  )
  return (
    <div>
      <Button
        size="small"
        className="max-sm:h-10 max-sm:w-full"
        busy={state === 'busy' ? 'Cancelling…' : null}
        onClick={() => void attempt()}
      >
        Cancel the rest
      </Button>
      {failure ? (
        <p role="alert" className="mt-1 text-[0.8125rem] text-danger-text">
          {failure}
        </p>
      ) : null}
    </div>
  )
}

function Receipt({ job }: { job: BulkEndingOnWire }): ReactNode {
  return (
    <Notice icon={Check} role="status">
      <p className="font-medium">{outcomeText(job)}</p>
      <dl className="mt-1.5 space-y-0.5 text-[0.8125rem] text-muted">
        <div>
          <dt className="inline">Filter: </dt>
          <dd className="inline wrap-anywhere text-ink">{job.filter}</dd>
        </div>
        {job.finished_at ? (
          <div>
            <dt className="inline">Finished: </dt>
            <dd className="inline text-ink">{exactMoment(job.finished_at)}</dd>
          </div>
        ) : null}
        <div>
          <dt className="inline">Job: </dt>
          <dd className="inline break-all text-ink">{job.id}</dd>
        </div>
      </dl>
      <p className="mt-1.5 text-[0.8125rem]">
        <AuditLink job={job} />
      </p>
    </Notice>
  )
}

export function AuditLink({ job }: { job: BulkEndingOnWire }): ReactNode {
  return (
    <Link
      to="/admin/audit"
      search={{ request_id: job.id }}
      className="rounded-sm font-medium text-accent-text underline underline-offset-4"
    >
      In the audit log<span className="sr-only"> (the bulk ending {job.filter})</span>
    </Link>
  )
}

export function outcomeText({ state, ended, expected }: BulkEndingOnWire): string {
  const sessions = counted(ended, 'session')
  if (state === 'cancelled') return `Cancelled after ${sessions} had ended.`
  const others = expected - ended
  if (others <= 0) return `${sessions} ended.`
  return `${sessions} ended. ${countText(others)} more had ended by themselves.`
}
