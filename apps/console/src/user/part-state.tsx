import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Notice } from '../primitives/notice.tsx'
import { Skeleton } from '../primitives/skeleton.tsx'

interface PartStateProps {
  /** `sessions` */
  what: string
  result: UseQueryResult<unknown>
  isEmpty: boolean
  empty: string
}

/** What stands in a part of the page while it has nothing to show. */
export function PartState({ what, result, isEmpty, empty }: PartStateProps): ReactNode {
  if (result.isPending) {
    return (
      <div className="space-y-2">
        <span role="status" className="sr-only">
          Loading the {what}…
        </span>
        <Skeleton className="h-8 w-full" />
        <Skeleton className="h-8 w-full" />
      </div>
    )
  }
  if (result.isLoadingError) {
    return (
      <Notice
        look="danger"
        role="alert"
        action={
          <button
            type="button"
            className="shrink-0 font-medium underline underline-offset-4"
            onClick={() => void result.refetch()}
          >
            Try again
          </button>
        }
      >
        The {what} could not be loaded. {result.error?.message}
      </Notice>
    )
  }
  return isEmpty ? <p className="py-1 text-[0.8125rem] text-muted">{empty}</p> : null
}
