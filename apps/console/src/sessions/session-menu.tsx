import type { ManagedSession } from 'latchkey/client'
import { Ellipsis } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { deviceName } from '../device/device-name.ts'
import { IconButton } from '../primitives/icon-button.tsx'
import { MenuItem } from '../primitives/menu-item.tsx'

export interface SessionActions {
  readonly endOne: (session: ManagedSession) => void
  readonly endAllOfUser: (session: ManagedSession) => void
  readonly filter: (change: Record<string, string>) => void
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
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton icon={Ellipsis} label={`Actions: ${name}`} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={document.getElementById('content')}>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={12}
          className="z-30 min-w-52 rounded-xl bg-surface p-1.5 shadow-float motion-safe:animate-appear"
        >
          <Choices session={session} actions={actions} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function Choices({ session, actions }: SessionMenuProps): ReactNode {
  const { user_id: userId, ip_address: address } = session
  return (
    <>
      <MenuItem onSelect={() => actions.filter({ user_id: userId })}>Show this user only</MenuItem>
      {address ? (
        <MenuItem onSelect={() => actions.filter({ ip_address: address })}>Show this address only</MenuItem>
      ) : null}
      <DropdownMenu.Separator className="my-1.5 h-px bg-line" />
      {session.is_active ? (
        <MenuItem look="danger" onSelect={() => actions.endOne(session)}>
          End session…
        </MenuItem>
      ) : null}
      <MenuItem look="danger" onSelect={() => actions.endAllOfUser(session)}>
        End all of this user’s sessions…
      </MenuItem>
    </>
  )
}
