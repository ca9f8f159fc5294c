import type { ManagedSession } from 'latchkey/client'
import { Ellipsis } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { deviceName } from '../device/device-name.ts'
import { IconButton } from '../primitives/icon-button.tsx'

export interface SessionActions {
  readonly endOne: (session: ManagedSession) => void
  readonly endAllOfUser: (session: ManagedSession) => void
  readonly filter: (change: Record<string, string>) => void
}

const item =
  'flex cursor-default items-center rounded-md px-2.5 py-1.5 outline-none select-none data-highlighted:bg-sunken'

/** What can be done with one session and its user. */
export function SessionMenu({
  session,
  actions,
}: {
  session: ManagedSession
  actions: SessionActions
}): ReactNode {
  const address = session.ip_address
  const user = session.user_label ?? session.user_id
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton icon={Ellipsis} label={`Actions: ${user}, ${deviceName(session.device_info)}`} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={document.getElementById('content')}>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={12}
          className="z-30 min-w-52 rounded-xl bg-surface p-1.5 shadow-float motion-safe:animate-appear"
        >
          <DropdownMenu.Item className={item} onSelect={() => actions.filter({ user_id: session.user_id })}>
            Show this user only
          </DropdownMenu.Item>
          {address ? (
            <DropdownMenu.Item className={item} onSelect={() => actions.filter({ ip_address: address })}>
              Show this address only
            </DropdownMenu.Item>
          ) : null}
          <DropdownMenu.Separator className="my-1.5 h-px bg-line" />
          {session.is_active ? (
            <DropdownMenu.Item
              className={`${item} text-danger-text`}
              onSelect={() => actions.endOne(session)}
            >
              End session…
            </DropdownMenu.Item>
          ) : null}
          <DropdownMenu.Item
            className={`${item} text-danger-text`}
            onSelect={() => actions.endAllOfUser(session)}
          >
            End all of this user’s sessions…
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
