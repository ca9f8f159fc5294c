import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { fetchPolicy } from '../api/administration.ts'
import { Card } from '../primitives/card.tsx'
import { Notice } from '../primitives/notice.tsx'
import { Skeleton } from '../primitives/skeleton.tsx'
import { ExplainForm } from './explain-form.tsx'
import { type ExplainSearch, factors, listOf, parseExplainSearch, toPolicyQuery } from './explain-search.ts'
import { TermsTable } from './terms-table.tsx'

/** What a session with these roles, this device and these factors is granted, and by which rule. */
export function ExplainSection(): ReactNode {
  const search = useSearch({ from: '/signed-in/admin/policy', select: parseExplainSearch })
  const navigate = useNavigate()
  const query = toPolicyQuery(search).toString()
  return (
    <Card id="explain" title="Explain" lead="What would a session be granted, and because of which rule?">
      <ExplainForm
        // What the URL says anew replaces what stands in the fields.
        key={query}
        search={search}
        onExplain={(next) =>
          void navigate({ to: '/admin/policy', search: next, replace: true, resetScroll: false })
        }
      />
      {query === '' ? null : <Explained search={search} query={query} />}
    </Card>
  )
}

function Explained({ search, query }: { search: ExplainSearch; query: string }): ReactNode {
  const result = useQuery({
    queryKey: ['policy', query],
    queryFn: () => fetchPolicy(new URLSearchParams(query)),
    placeholderData: keepPreviousData,
  })
  if (result.isPending) return <Skeleton className="my-3 h-24 w-full" />
  if (!result.data?.explained) {
    return (
      <div className="py-3">
        <Notice look="danger" role="alert">
          That could not be explained. {result.error?.message}
        </Notice>
      </div>
    )
  }
  return (
    <div aria-busy={result.isPlaceholderData} className="busy-line border-t border-line pt-3">
      <p role="status" className="text-[0.8125rem] text-muted">
        Granted to {whom(search)}:
      </p>
      <TermsTable rules="named" name="What is granted" terms={result.data.explained.terms} />
    </div>
  )
}

function whom({ role, device_trust: trust, amr }: ExplainSearch): string {
  const roles = listOf(role)
  const methods = listOf(amr).map((method) => factors[method]?.toLowerCase() ?? method)
  const parts = [
    roles.length === 0 ? 'somebody without a role' : `somebody with the role ${roles.join(' and ')}`,
    `on a device that is ${trust === 'trusted' ? 'trusted' : 'not trusted'}`,
    methods.length === 0 ? 'of whose sign-in nothing is stated' : `signed in by ${methods.join(' and ')}`,
  ]
  return parts.join(', ')
}
