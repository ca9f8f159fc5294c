import { useNavigate } from '@tanstack/react-router'
import type { ManagedSession } from 'latchkey/client'
import { type ComponentProps, useState } from 'react'
import { cutOffUser, disable, enable } from '../cut-offs/cut-off-confirmations.tsx'
import { useCutOffsChanged, useDisabledUsers } from '../cut-offs/use-cut-offs.ts'
import { useMe } from '../layout/use-me.ts'
import type { Confirmation } from '../primitives/confirm-dialog.tsx'
import { useConfirmation } from '../primitives/use-confirmation.ts'
import { endAllOfUser, endManagedSession } from './end-managed-confirmations.tsx'
import type { SessionActions } from './session-menu.tsx'
import { useSessionsChanged } from './use-managed-sessions.ts'
import type { FilterState } from './use-session-filters.ts'
import type { UserDevicesDialog } from './user-devices-dialog.tsx'

interface SessionWork {
  readonly actions: SessionActions
  readonly dialog: ReturnType<typeof useConfirmation>['dialog']
  readonly devices: ComponentProps<typeof UserDevicesDialog>
}

type OfUser = (userId: string, user: string, changed: () => Promise<void>) => Confirmation

/** What can be done from a row, and the dialogs it leads to. `restore` puts the focus back. */
export function useSessionActions({ narrow }: FilterState, restore: () => void): SessionWork {
  const [shown, setShown] = useState<ManagedSession | null>(null)
  const { ask, dialog } = useConfirmation(restore)
  const sessionsChanged = useSessionsChanged()
  const cutOffsChanged = useCutOffsChanged()
  const disabled = useDisabledUsers()
  const navigate = useNavigate()
  const { user } = useMe()

  async function changed(): Promise<void> {
    await Promise.all([sessionsChanged(), cutOffsChanged()])
  }
  const askOfUser = (confirmation: OfUser) => (session: ManagedSession) =>
    ask(confirmation(session.user_id, session.user_label ?? session.user_id, changed))

  const actions: SessionActions = {
    endOne: (session) => ask(endManagedSession(session, sessionsChanged)),
    endAllOfUser: (session) => ask(endAllOfUser(session, user.id, sessionsChanged)),
    cutOffUser: askOfUser(cutOffUser),
    disableUser: askOfUser(disable),
    enableUser: askOfUser(enable),
    standingOf: ({ user_id: id }) => (id === user.id ? 'own' : disabled.has(id) ? 'disabled' : 'enabled'),
    showDevices: setShown,
    showAudit: ({ user_id }) => void navigate({ to: '/admin/audit', search: { user_id } }),
    filter: narrow,
  }
  const devices = { session: shown, onClose: () => setShown(null), onReturnFocus: restore }
  return { actions, dialog, devices }
}
