import type { UserDevice } from 'latchkey/client'
import { type LiveDevices, useDevices } from 'latchkey/react'
import { useMemo } from 'react'
import { sessionService } from '../api/session-service.ts'
import { reauthenticationInPlace } from '../reauthentication/reauthentication.ts'

/** The user's devices, kept current while somebody looks. */
export interface KnownDevices extends LiveDevices {
  /** Null for what is not on record, or not known yet. */
  readonly find: (deviceId: string | null) => UserDevice | null
}

export function useKnownDevices(): KnownDevices {
  const live = useDevices(sessionService, reauthenticationInPlace)
  return useMemo(() => {
    const byId = new Map(live.devices.map((device) => [device.id, device]))
    return { ...live, find: (id) => (id === null ? null : (byId.get(id) ?? null)) }
  }, [live])
}
