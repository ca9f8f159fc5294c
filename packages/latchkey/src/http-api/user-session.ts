import { type Instant, toIso } from '../foundation/time.ts'
import type { DeviceInfo } from '../model/device-info.ts'
import type { Network } from '../model/place.ts'
import type { Session } from '../model/session.ts'
import type { DeviceInfoOnWire, ManagedSession, NetworkOnWire, UserSession } from './wire-types.ts'

/** A session as its user sees it. Field by field: what is added to a session later does not leak by itself. */
export function toUserSession(session: Session, currentId: string | null): UserSession {
  return {
    id: session.id,
    device_info: toDeviceInfo(session.deviceInfo),
    created_at: toIso(session.createdAt),
    last_accessed: toIsoOrNull(session.lastAccessedAt),
    expires_at: toIso(session.expiresAt),
    idle_expires_at: toIsoOrNull(session.idleExpiresAt),
    is_active: session.isActive,
    is_current: session.id === currentId,
    ip_address: session.ipAddress,
    device_id: session.deviceId,
    authenticated_at: toIso(session.authenticatedAt),
    amr: [...session.amr],
    assurance_level: session.assurance,
    is_pending: session.stage === 'pending',
    reauthentication_required: session.reauthenticationRequired,
    expires_by: session.expiresBy,
    idle_expires_by: session.idleExpiresBy,
  }
}

/** A session as a host back end sees it. */
export function toServiceSession(session: Session): UserSession & { user_id: string } {
  return { ...toUserSession(session, null), user_id: session.userId }
}

/** A session as an administrator sees it. */
export function toManagedSession(
  session: Session,
  userLabel: string | null,
  currentId: string | null,
): ManagedSession {
  return {
    ...toUserSession(session, currentId),
    user_id: session.userId,
    user_label: userLabel,
    roles: [...session.roles],
    device_trust: session.deviceTrust,
    country: session.place?.country ?? null,
    network: toNetwork(session.place?.network ?? null),
    ended_at: toIsoOrNull(session.endedAt),
    end_reason: session.endReason,
    ended_by: session.endedBy,
  }
}

function toNetwork(network: Network | null): NetworkOnWire | null {
  return network === null ? null : { asn: network.asn, name: network.name, kind: network.kind }
}

/** The kind of device as everybody sees it. */
export function toDeviceInfo(device: DeviceInfo): DeviceInfoOnWire {
  return {
    type: device.type,
    browser: device.browser,
    browser_version: device.browserVersion,
    os: device.os,
    os_version: device.osVersion,
    location: device.location,
  }
}

export function toIsoOrNull(instant: Instant | null): string | null {
  return instant === null ? null : toIso(instant)
}
