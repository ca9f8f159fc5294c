import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DevicesResponse, UserDevice } from 'latchkey/client'
import { fetchDevicesOfUser, forgetDeviceOfUser } from '../api/administration.ts'
import { ApiError } from '../api/api-error.ts'
import { shownName } from '../devices/device-words.ts'
import { announce } from '../primitives/announcer.tsx'
import { departing } from '../sign-in/intended-departure.ts'
import { useSessionsChanged } from './use-managed-sessions.ts'

interface UserDevices {
  readonly result: UseQueryResult<DevicesResponse>
  /** Ends its sessions and forgets it. Rejects with `ApiError`; one that is gone already is no error. */
  readonly forget: (device: UserDevice) => Promise<void>
}

/** The devices of any user, for an administrator. */
export function useUserDevices(userId: string): UserDevices {
  const client = useQueryClient()
  const sessionsChanged = useSessionsChanged()
  const queryKey = ['user-devices', userId]
  const result = useQuery({ queryKey, queryFn: ({ signal }) => fetchDevicesOfUser(userId, signal) })

  async function forget(device: UserDevice): Promise<void> {
    const end = () => forgetDeviceOfUser(userId, device.id).catch(unlessGone)
    await (device.is_current ? departing('logout', end) : end())
    announce(`${shownName(device, device.device_info)} is forgotten.`)
    await Promise.all([client.invalidateQueries({ queryKey }), sessionsChanged()])
  }

  return { result, forget }
}

function unlessGone(error: unknown): void {
  if (!(error instanceof ApiError && error.status === 404)) throw error
}
