import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ApiError } from '../api/api-error.ts'
import { Button } from '../primitives/button.tsx'
import { Entrance } from './entrance.tsx'

/** In place of a page that could not be shown at all. */
export function FailurePage({ error }: ErrorComponentProps): ReactNode {
  const router = useRouter()
  const { title, lead } = words(error)
  return (
    <Entrance title={title} lead={<span role="alert">{lead}</span>}>
      <Button look="primary" onClick={() => void router.invalidate()}>
        Try again
      </Button>
    </Entrance>
  )
}

function words(error: unknown): { title: string; lead: string } {
  if (!(error instanceof ApiError)) {
    return { title: 'This page failed', lead: 'The console made a mistake. Loading it again usually helps.' }
  }
  return error.code === 'network'
    ? { title: 'Latchkey cannot be reached', lead: 'Check your connection, then try again.' }
    : { title: 'Latchkey cannot answer now', lead: error.message }
}
