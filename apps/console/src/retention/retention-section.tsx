import { useQuery } from '@tanstack/react-query'
import type { RetentionResponse } from 'latchkey/client'
import type { ReactNode } from 'react'
import { fetchRetention } from '../api/bulk-endings.ts'
import { Outdated } from '../live/outdated.tsx'
import { exactMoment } from '../moment/exact-moment.ts'
import { Button } from '../primitives/button.tsx'
import { Card, Failed, Loading } from '../primitives/card.tsx'
import {
  periodText,
  type RetentionKind,
  retentionNote,
  retentionTitle,
  wouldForgetText,
} from './retention-words.ts'

/** How long each kind of thing is kept, and what would go now. */
export function RetentionSection(): ReactNode {
  const result = useQuery({ queryKey: ['retention'], queryFn: fetchRetention, staleTime: 60_000 })
  if (result.isPending) return <Loading words="Counting what would be forgotten…" />
  if (!result.data) return <Failed what="The retention" result={result} />
  return (
    <Card
      id="retention"
      title="Retention"
      lead={`What the next cleanup would forget, as of ${exactMoment(result.data.at)}. It goes in small batches; periods are part of the settings.`}
      action={
        <Button
          size="small"
          busy={result.isFetching ? 'Counting…' : null}
          onClick={() => void result.refetch()}
        >
          Count again
        </Button>
      }
    >
      <Outdated what="The counts" results={[result]} />
      <Kinds kinds={result.data.kinds} />
    </Card>
  )
}

function Kinds({ kinds }: Pick<RetentionResponse, 'kinds'>): ReactNode {
  return (
    <table className="w-full text-left max-sm:block">
      <caption className="sr-only">What is kept, and for how long</caption>
      <thead className="text-xs text-muted max-sm:sr-only">
        <tr>
          <th scope="col" className="py-2 pr-4 font-medium">
            What
          </th>
          <th scope="col" className="py-2 pr-4 font-medium">
            Kept for
          </th>
          <th scope="col" className="py-2 text-right font-medium">
            Would go now
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line max-sm:block">
        {kinds.map((kind) => (
          <Kind key={kind.kind} kind={kind} />
        ))}
      </tbody>
    </table>
  )
}

function Kind({ kind }: { kind: RetentionKind }): ReactNode {
  return (
    <tr className="align-top max-sm:grid max-sm:grid-cols-2 max-sm:gap-x-4 max-sm:py-2.5">
      <th scope="row" className="font-medium max-sm:col-span-2 sm:py-2.5 sm:pr-4">
        {retentionTitle(kind.kind)}
        <span className="block text-[0.8125rem] font-normal text-pretty text-muted">
          {retentionNote(kind.kind)}
        </span>
      </th>
      <td className="max-sm:mt-1 sm:py-2.5 sm:pr-4 sm:whitespace-nowrap">
        <span className="text-muted sm:sr-only">Kept for </span>
        {periodText(kind.period_seconds)}
      </td>
      <td className="text-right tabular-nums max-sm:mt-1 sm:py-2.5">
        {wouldForgetText(kind)}
        {kind.before !== null && kind.would_forget > 0 ? (
          <span className="block text-xs/5 text-muted">before {exactMoment(kind.before)}</span>
        ) : null}
      </td>
    </tr>
  )
}
