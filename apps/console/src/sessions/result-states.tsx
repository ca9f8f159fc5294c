import type { UseQueryResult } from '@tanstack/react-query'
import { RefreshCw, SearchX } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { Button } from '../primitives/button.tsx'
import { EmptyState } from '../primitives/empty-state.tsx'
import { useFocusHeir } from '../primitives/use-focus-heir.ts'

interface NoResultProps {
  filter: string
  clear: () => void
  /** Takes the focus from the button that goes away. */
  top: RefObject<HTMLElement | null>
}

export function NoResult({ filter, clear, top }: NoResultProps): ReactNode {
  const own = useFocusHeir(top)
  if (filter === '') return <EmptyState icon={SearchX} title="No sessions here" />
  return (
    <div ref={own}>
      <EmptyState
        icon={SearchX}
        title="No session matches"
        action={<Button onClick={clear}>Show all sessions</Button>}
      >
        All words of the filter must hold. A word without a key finds any part of an email address, the
        beginning of a user ID or a session ID, and a whole IP address.
      </EmptyState>
    </div>
  )
}

interface UnavailableResultProps {
  result: UseQueryResult
  top: RefObject<HTMLElement | null>
}

/** Nothing is known, because the first attempt failed. */
export function UnavailableResult({ result, top }: UnavailableResultProps): ReactNode {
  return (
    <div role="alert" ref={useFocusHeir(top)}>
      <EmptyState
        icon={RefreshCw}
        title="The sessions could not be loaded"
        action={<Button onClick={() => void result.refetch()}>Try again</Button>}
      >
        {result.error?.message}
      </EmptyState>
    </div>
  )
}
