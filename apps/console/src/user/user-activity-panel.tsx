import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AuditEntriesResponse } from 'latchkey/client'
import type { ReactNode } from 'react'
import { actorText } from '../audit/actor-words.ts'
import { Panel } from '../charts/panel.tsx'
import { Moment } from '../moment/moment.tsx'
import { PartState } from './part-state.tsx'

interface UserActivityPanelProps {
  audit: UseQueryResult<AuditEntriesResponse>
  userId: string
}

/** What stands about the user in the audit log. */
export function UserActivityPanel({ audit, userId }: UserActivityPanelProps): ReactNode {
  const entries = audit.data?.entries ?? []
  return (
    <Panel
      title="Activity"
      lead="The newest entries of the audit log"
      action={
        <Link
          to="/admin/audit"
          search={{ user_id: userId }}
          className="rounded-sm text-[0.8125rem] text-muted underline decoration-edge underline-offset-4 hover:decoration-current"
        >
          All of this user
        </Link>
      }
    >
      <PartState what="activity" result={audit} isEmpty={entries.length === 0} empty="Nothing is logged." />
      <ol aria-label="Activity" className="divide-y divide-line empty:hidden">
        {entries.map((entry) => (
          <li
            key={entry.position}
            className="flex flex-wrap items-baseline justify-between gap-x-6 py-2 text-[0.8125rem]"
          >
            <span className="min-w-0 text-pretty wrap-anywhere">
              {entry.description}{' '}
              <span className="text-muted">{actorText(entry.actor, entry.actor_label)}</span>
            </span>
            <span className="text-xs/5 whitespace-nowrap text-muted first-letter:uppercase">
              <Moment at={entry.at} />
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
