import { useMutation } from '@tanstack/react-query'
import type { AuditVerificationResponse } from 'latchkey/client'
import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { verifyAudit } from '../api/administration.ts'
import { exactMoment } from '../moment/exact-moment.ts'
import { announce } from '../primitives/announcer.tsx'
import { Button } from '../primitives/button.tsx'
import { Notice } from '../primitives/notice.tsx'

/** Looks whether the log is still what was written, and shows its head, to be kept elsewhere. */
export function ChainCheck(): ReactNode {
  const check = useMutation({ mutationFn: verifyAudit })
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button busy={check.isPending ? 'Checking…' : null} onClick={() => check.mutate()}>
          Check the chain
        </Button>
        <p className="min-w-0 flex-1 basis-64 text-[0.8125rem] text-pretty text-muted">
          Reads the whole log and computes its digests anew; a long one takes a while.
        </p>
      </div>
      <div aria-live="polite">
        {check.data && !check.isPending ? <Result result={check.data} /> : null}
        {check.isError ? (
          <Notice look="danger">The chain could not be checked. {check.error.message}</Notice>
        ) : null}
      </div>
    </div>
  )
}

function Result({ result }: { result: AuditVerificationResponse }): ReactNode {
  const { intact, message, events, since, unlinked, head, broken } = result
  return (
    <Notice look={intact ? 'plain' : 'danger'} icon={intact ? ShieldCheck : ShieldAlert}>
      <p className="font-medium">
        {since === null
          ? message
          : `The audit log is as it was written: ${events === 1 ? '1 entry' : `${events} entries`} since ${exactMoment(since)}.`}
      </p>
      {broken ? (
        <p className="mt-0.5">
          Positions {broken.first} to {broken.last}: {broken.fault}
        </p>
      ) : null}
      {unlinked > 0 && since !== null ? (
        <p className={`mt-0.5 text-[0.8125rem] ${intact ? 'text-muted' : ''}`}>
          {unlinked === 1 ? '1 entry' : `${unlinked} entries`} more, of the last seconds, not chained yet.
        </p>
      ) : null}
      {head ? <Head head={head} /> : null}
    </Notice>
  )
}

/** Kept elsewhere, it shows that nothing was cut off at the end. */
function Head({ head }: { head: string }): ReactNode {
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no')
  async function copy(): Promise<void> {
    const outcome = await navigator.clipboard.writeText(head).then(
      () => 'yes' as const,
      () => 'failed' as const,
    )
    setCopied(outcome)
    announce(outcome === 'yes' ? 'The head is copied.' : 'It could not be copied; select it instead.')
  }
  return (
    <div className="mt-3 space-y-1.5">
      <p className="text-[0.8125rem] text-pretty">
        Keep the head elsewhere: <code>latchkey audit verify --expect</code> then finds what is cut off at the
        end, too.
      </p>
      <div className="flex items-start gap-2">
        <code className="min-w-0 flex-1 rounded-md bg-sunken px-2 py-1.5 text-xs break-all text-ink">
          {head}
        </code>
        <Button size="small" onClick={() => void copy()}>
          {copied === 'yes' ? 'Copied' : 'Copy head'}
        </Button>
      </div>
    </div>
  )
}
