import type { ManagedSession } from 'latchkey/client'
import type { ReactNode } from 'react'
import type { SessionActions } from './session-menu.tsx'
import { SessionTableRow } from './session-table-row.tsx'

interface SessionsTableProps {
  sessions: readonly ManagedSession[]
  actions: SessionActions
}

const columns = [
  { name: 'User', width: 'w-[24%]' },
  { name: 'Device', width: 'w-[23%]' },
  { name: 'Place', width: 'w-[20%]' },
  { name: 'Last active', width: 'w-[12%]' },
  { name: 'State', width: 'w-[16%]' },
]

/** For screens that are wide enough. */
export function SessionsTable({ sessions, actions }: SessionsTableProps): ReactNode {
  return (
    <table className="w-full table-fixed text-[0.8125rem]">
      <caption className="sr-only">Sessions</caption>
      <thead className="border-b border-line text-left text-xs text-muted">
        <tr>
          {columns.map(({ name, width }) => (
            <th key={name} scope="col" className={`px-3 py-2.5 font-medium first:pl-5 ${width}`}>
              {name}
            </th>
          ))}
          <th scope="col" className="w-12">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {sessions.map((session) => (
          <SessionTableRow key={session.id} session={session} actions={actions} />
        ))}
      </tbody>
    </table>
  )
}
