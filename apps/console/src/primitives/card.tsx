import type { UseQueryResult } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { Button } from './button.tsx'
import { EmptyState } from './empty-state.tsx'
import { Skeleton } from './skeleton.tsx'

interface CardProps {
  id: string
  title: string
  lead?: ReactNode
  /** Beside the title. */
  action?: ReactNode
  /** The heading can be given the focus. */
  headingRef?: Ref<HTMLHeadingElement>
  /** `flush`: what is in it reaches the edge. Default `inset`. */
  inside?: 'inset' | 'flush'
  children: ReactNode
}

/** A part of a page under a heading. */
export function Card(props: CardProps): ReactNode {
  const { id, title, lead, action, headingRef, inside = 'inset', children } = props
  return (
    <section aria-labelledby={id}>
      <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 max-w-2xl">
          <h2 ref={headingRef} id={id} tabIndex={-1} className="text-base font-semibold">
            {title}
          </h2>
          {lead ? <p className="mt-0.5 text-[0.8125rem] text-pretty text-muted">{lead}</p> : null}
        </div>
        {action}
      </div>
      <div
        className={`overflow-hidden rounded-xl border border-line bg-surface shadow-raised ${inside === 'inset' ? 'px-4 py-2.5 sm:px-5' : ''}`}
      >
        {children}
      </div>
    </section>
  )
}

/** Where a card will be. */
export function Loading({ words }: { words: string }): ReactNode {
  return (
    <div className="space-y-3 rounded-xl border border-line bg-surface p-5 shadow-raised">
      <span role="status" className="sr-only">
        {words}
      </span>
      <Skeleton className="h-4 w-1/3" />
      <Skeleton className="h-4 w-full" />
      <Skeleton className="h-4 w-2/3" />
    </div>
  )
}

/** Where a card would be, had it been answered. */
export function Failed({ what, result }: { what: string; result: UseQueryResult<unknown> }): ReactNode {
  return (
    <div role="alert" className="rounded-xl border border-line bg-surface shadow-raised">
      <EmptyState
        icon={RefreshCw}
        title={`${what} could not be loaded`}
        action={<Button onClick={() => void result.refetch()}>Try again</Button>}
      >
        {result.error?.message}
      </EmptyState>
    </div>
  )
}
