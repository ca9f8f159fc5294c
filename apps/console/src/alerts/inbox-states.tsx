import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { RefreshCw, SearchX, ShieldCheck } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { Button } from '../primitives/button.tsx'
import { EmptyState } from '../primitives/empty-state.tsx'
import { useFocusHeir } from '../primitives/use-focus-heir.ts'
import { isNarrowed } from './alert-search.ts'
import type { AlertSearchState } from './use-alerts.ts'

interface NoAlertsProps {
  searchState: AlertSearchState
  top: RefObject<HTMLElement | null>
}

/** There are none: nothing odd, or nothing that the filter lets through. */
export function NoAlerts({ searchState, top }: NoAlertsProps): ReactNode {
  const own = useFocusHeir(top)
  const { search, change } = searchState
  if (isNarrowed(search)) {
    return (
      <div ref={own}>
        <EmptyState
          icon={SearchX}
          title="No alert matches"
          action={
            <Button onClick={() => change({ detector: '', severity: '', user_id: '' })}>Show all</Button>
          }
        />
      </div>
    )
  }
  if (search.state !== undefined) return <EmptyState icon={SearchX} title="There are none" />
  return (
    <EmptyState
      icon={ShieldCheck}
      title="Nothing odd"
      action={
        <Link to="/admin/detectors" className="font-medium text-accent-text underline underline-offset-4">
          What detectors look for
        </Link>
      }
    >
      Detectors first learn what is usual for a user. While they know too little of somebody, they stay quiet
      about them: what is unknown is not odd.
    </EmptyState>
  )
}

interface UnavailableAlertsProps {
  result: UseQueryResult
  top: RefObject<HTMLElement | null>
}

export function UnavailableAlerts({ result, top }: UnavailableAlertsProps): ReactNode {
  return (
    <div role="alert" ref={useFocusHeir(top)}>
      <EmptyState
        icon={RefreshCw}
        title="The alerts could not be loaded"
        action={<Button onClick={() => void result.refetch()}>Try again</Button>}
      >
        {result.error?.message}
      </EmptyState>
    </div>
  )
}
