import type { ManagedSession } from 'latchkey/client'
import type { ReactNode } from 'react'
import { SessionDevice } from './session-device.tsx'
import { type SessionActions, SessionMenu } from './session-menu.tsx'
import { SessionPlace } from './session-place.tsx'
import { SessionState } from './session-state.tsx'
import { SessionTimes } from './session-times.tsx'
import { SessionUser } from './session-user.tsx'

interface SessionsTableProps {
  sessions: readonly ManagedSession[]
  actions: SessionActions
}

const head = 'px-3 py-2.5 text-left text-xs font-medium text-muted first:pl-5'
const cell = 'px-3 py-3 align-top first:pl-5'

/** For screens that are wide enough. */
export function SessionsTable({ sessions, actions }: SessionsTableProps): ReactNode {
  return (
    <table className="w-full table-fixed text-[0.8125rem]">
      <caption className="sr-only">Sessions</caption>
      <colgroup>
        <col className="w-[25%]" />
        <col className="w-[24%]" />
        <col className="w-[17%]" />
        <col className="w-[14%]" />
        <col className="w-[16%]" />
        <col className="w-12" />
      </colgroup>
      <thead>
        <tr className="border-b border-line">
          <th className={head}>User</th>
          <th className={head}>Device</th>
          <th className={head}>Place</th>
          <th className={head}>Last active</th>
          <th className={head}>State</th>
          <th className={head}>
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {sessions.map((session) => (
          <tr key={session.id} data-row={session.id} className="transition-colors hover:bg-canvas">
            <td className={cell}>
              <SessionUser session={session} />
            </td>
            <td className={cell}>
              <SessionDevice session={session} />
            </td>
            <td className={cell}>
              <SessionPlace session={session} />
            </td>
            <td className={cell}>
              <SessionTimes session={session} />
            </td>
            <td className={cell}>
              <SessionState session={session} />
            </td>
            <td className="py-2 pr-3 text-right align-top">
              <SessionMenu session={session} actions={actions} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
