import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type BulkEndingOnWire, type BulkPreviewResponse, deviceName } from 'latchkey/client'
import type { ReactNode } from 'react'
import { previewBulkEnding } from '../api/bulk-endings.ts'
import { Moment } from '../moment/moment.tsx'
import { counted } from '../numbers/number-text.ts'
import { Button } from '../primitives/button.tsx'
import { Notice } from '../primitives/notice.tsx'
import { Skeleton } from '../primitives/skeleton.tsx'
import { BulkQuestion } from './bulk-question.tsx'

/** Of the sample: the question has to be in sight. */
const shown = 3

interface BulkPreviewProps {
  filter: string
  onStarted: (job: BulkEndingOnWire) => void
}

/** What would end, and the question whether it shall. */
export function BulkPreview({ filter, onStarted }: BulkPreviewProps): ReactNode {
  const preview = useQuery({
    queryKey: ['bulk-preview', filter],
    queryFn: () => previewBulkEnding(filter),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  })
  if (preview.isPending) return <Loading />
  if (!preview.data) {
    return (
      <div className="mt-4 space-y-4">
        <Notice look="danger" role="alert">
          The preview could not be made. {preview.error?.message}
        </Notice>
        <Button onClick={() => void preview.refetch()}>Try again</Button>
      </div>
    )
  }
  return (
    <>
      <Summary preview={preview.data} />
      <BulkQuestion preview={preview.data} refresh={() => void preview.refetch()} onStarted={onStarted} />
    </>
  )
}

function Summary({ preview }: { preview: BulkPreviewResponse }): ReactNode {
  const { filter, count, users } = preview
  const sample = preview.sample.slice(0, shown)
  return (
    <div className="mt-2 space-y-3">
      <p className="text-pretty text-muted">
        <strong className="font-medium text-ink">{counted(count, 'active session')}</strong> of{' '}
        <strong className="font-medium text-ink">{counted(users, 'user')}</strong> end for good, on every
        node. Whoever was using them has to sign in again. Your own session is kept.
      </p>
      <code className="block rounded-md bg-sunken px-2.5 py-1.5 text-xs wrap-anywhere">{filter}</code>
      {sample.length > 0 ? (
        <div>
          <h3 className="text-xs font-medium text-muted">
            {sample.length < count ? `The newest ${sample.length} of them` : 'These are'}
          </h3>
          <ul className="mt-1 divide-y divide-line rounded-lg border border-line text-[0.8125rem]">
            {sample.map((session) => (
              <li key={session.id} className="px-3 py-1.5">
                <span className="block truncate font-medium">{session.user_label ?? session.user_id}</span>
                <span className="block truncate text-xs/5 text-muted">
                  {[deviceName(session.device_info), session.device_info.location]
                    .filter(Boolean)
                    .join(' · ')}{' '}
                  · <Moment at={session.last_accessed ?? session.created_at} label="Last active" />
                </span>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  )
}

function Loading(): ReactNode {
  return (
    <div className="mt-4 space-y-3">
      <span role="status" className="sr-only">
        Counting the sessions…
      </span>
      <Skeleton className="h-4 w-3/4" />
      <Skeleton className="h-24 w-full" />
    </div>
  )
}
