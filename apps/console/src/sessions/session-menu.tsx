import { deviceName, type ManagedSession } from 'latchkey/client'
import type { ReactNode } from 'react'
import { ActionMenu, MenuRule } from '../primitives/action-menu.tsx'
import { MenuItem } from '../primitives/menu-item.tsx'

export interface SessionActions {
  readonly endOne: (session: ManagedSession) => void
  readonly showDevices: (session: ManagedSession) => void
  readonly showAudit: (session: ManagedSession) => void
  readonly endAllOfUser: (session: ManagedSession) => void
  readonly cutOffUser: (session: ManagedSession) => void
  readonly disableUser: (session: ManagedSession) => void
  readonly enableUser: (session: ManagedSession) => void
  /** What may be done with its user: nobody disables themselves. */
  readonly standingOf: (session: ManagedSession) => 'own' | 'enabled' | 'disabled'
  /** Shows those only that have that value of a key of the filter. */
  readonly filter: (key: 'user' | 'ip', value: string) => void
}

interface SessionMenuProps {
  session: ManagedSession
  actions: SessionActions
}

/** What can be done with one session and its user. */
export function SessionMenu({ session, actions }: SessionMenuProps): ReactNode {
  const user = session.user_label ?? session.user_id
  const name = [user, deviceName(session.device_info), session.ip_address].filter(Boolean).join(', ')
  return (
    <ActionMenu label={`Actions: ${name}`}>
      <Choices session={session} actions={actions} />
    </ActionMenu>
  )
}

function Choices({ session, actions }: SessionMenuProps): ReactNode {
  const { user_id: userId, ip_address: address } = session
  return (
    <>
      <MenuItem onSelect={() => actions.filter('user', userId)}>Show this user only</MenuItem>
      {address ? (
        <MenuItem onSelect={() => actions.filter('ip', address)}>Show this address only</MenuItem>
      ) : null}
      <MenuItem onSelect={() => actions.showDevices(session)}>Devices of this user…</MenuItem>
      <MenuItem onSelect={() => actions.showAudit(session)}>Audit log of this user</MenuItem>
      <MenuRule />
      {session.is_active ? (
        <MenuItem look="danger" onSelect={() => actions.endOne(session)}>
          End session…
        </MenuItem>
      ) : null}
      <MenuItem look="danger" onSelect={() => actions.endAllOfUser(session)}>
        End all of this user’s sessions…
      </MenuItem>
      <UserChoices session={session} actions={actions} />
    </>
  )
}

function UserChoices({ session, actions }: SessionMenuProps): ReactNode {
  const standing = actions.standingOf(session)
  if (standing === 'own') return null
  if (standing === 'disabled') {
    return <MenuItem onSelect={() => actions.enableUser(session)}>Enable user…</MenuItem>
  }
  return (
    <>
      <MenuItem look="danger" onSelect={() => actions.cutOffUser(session)}>
        Cut off until now…
      </MenuItem>
      <MenuItem look="danger" onSelect={() => actions.disableUser(session)}>
        Disable user…
      </MenuItem>
    </>
  )
}
