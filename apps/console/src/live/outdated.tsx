import type { UseQueryResult } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { Moment } from '../moment/moment.tsx'
import { Button } from '../primitives/button.tsx'
import { Notice } from '../primitives/notice.tsx'

interface OutdatedProps {
  /** `The list`, with what comes after it as of one. */
  what: string
  /** What is shown of these answers is old where asking anew failed. */
  results: readonly UseQueryResult<unknown>[]
}

/** That what is still shown is not of now, since when, and why; nothing while it is. */
export function Outdated({ what, results }: OutdatedProps): ReactNode {
  const failed = results.filter(({ isRefetchError }) => isRefetchError)
  if (failed.length === 0) return null
  const since = Math.min(...failed.map(({ dataUpdatedAt }) => dataUpdatedAt))
  const isBusy = failed.some(({ isFetching }) => isFetching)
  return (
    <Notice
      look="danger"
      role="status"
      icon={RefreshCw}
      action={
        <Button
          size="small"
          busy={isBusy ? 'Trying…' : null}
          onClick={() => {
            for (const { refetch } of failed) void refetch()
          }}
        >
          Try again
        </Button>
      }
    >
      {what} could not be brought up to date; what you see is from{' '}
      <Moment at={new Date(since).toISOString()} />. {failed[0]?.error?.message}
    </Notice>
  )
}
