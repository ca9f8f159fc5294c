import type { AuditEntry } from 'latchkey/client'
import type { ReactNode } from 'react'
import { UserLink } from '../links/user-link.tsx'
import { Button } from '../primitives/button.tsx'
import { changedFields } from './changed-fields.ts'

interface AuditDetailsProps {
  entry: AuditEntry
  filter: (change: Record<string, string>) => void
}

/** All that an entry holds. */
export function AuditDetails({ entry, filter }: AuditDetailsProps): ReactNode {
  const { user_id: userId, actor } = entry
  return (
    <div className="space-y-4 border-t border-line bg-canvas px-4 py-4 sm:px-5">
      <dl className="grid gap-x-8 gap-y-2 text-[0.8125rem] sm:grid-cols-2 lg:grid-cols-3">
        {factsOf(entry).map(([name, value]) =>
          value === null ? null : (
            <div key={name} className="min-w-0">
              <dt className="text-xs text-muted">{name}</dt>
              <dd className="break-all">{value}</dd>
            </div>
          ),
        )}
      </dl>
      <Changes entry={entry} />
      <div className="flex flex-wrap gap-2">
        {userId ? (
          <Button size="small" onClick={() => filter({ user_id: userId })}>
            Show this user only
          </Button>
        ) : null}
        <Button size="small" onClick={() => filter({ actor })}>
          Show what was done by the same
        </Button>
      </div>
    </div>
  )
}

function factsOf(entry: AuditEntry): readonly (readonly [string, ReactNode])[] {
  const { user_id: userId, user_label: userLabel, actor, actor_label: actorLabel } = entry
  return [
    ['Position', String(entry.position)],
    ['Type', entry.type],
    [
      'About',
      userId === null ? null : (
        <UserLink key="about" userId={userId}>
          {named(userId, userLabel)}
        </UserLink>
      ),
    ],
    ['Reason', entry.reason],
    ['Session', entry.session_id],
    ['Device', entry.device_id],
    ['Request', entry.request_id],
    ['Done by', named(actor, actorLabel)],
  ]
}

/** The log has the id; the name is who that is today. */
function named(id: string, label: string | null): string {
  return label === null ? id : `${label} (${id})`
}

function Changes({ entry }: Pick<AuditDetailsProps, 'entry'>): ReactNode {
  const fields = changedFields(entry)
  if (fields.length === 0) return null
  return (
    <table className="w-full table-fixed text-left text-[0.8125rem]">
      <caption className="sr-only">What changed</caption>
      <thead className="text-xs text-muted">
        <tr>
          <th scope="col" className="pr-3 pb-1 font-medium">
            Field
          </th>
          <th scope="col" className="pr-3 pb-1 font-medium">
            Before
          </th>
          <th scope="col" className="pb-1 font-medium">
            After
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line border-t border-line">
        {fields.map(({ name, before, after }) => (
          <tr key={name} className="align-top">
            <th scope="row" className="py-1.5 pr-3 font-normal wrap-anywhere text-muted">
              {name}
            </th>
            <td className="py-1.5 pr-3 wrap-anywhere">{before}</td>
            <td className="py-1.5 wrap-anywhere">{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
