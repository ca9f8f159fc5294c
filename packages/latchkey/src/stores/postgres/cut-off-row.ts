import { type CutOff, type CutOffScope, cutOffSubject } from '../../model/cut-off.ts'
import type { DeviceId } from '../../model/device.ts'
import { shardOfUser } from '../../model/session-token.ts'
import { orNull } from './json-columns.ts'
import { type Big, toInstant } from './row.ts'
import { fromStoredText, toStoredText } from './stored-text.ts'

/** A row of `session_cut_offs`. */
export interface CutOffRow {
  readonly subject: string
  /** Null: everybody. */
  readonly user_id: string | null
  readonly shard: number | null
  /** Null: every device. */
  readonly device_id: DeviceId | null
  readonly not_before: Big
  readonly set_at: Big
  readonly set_by: string
  readonly note: string | null
}

export const cutOffColumns = 'subject, user_id, shard, device_id, not_before, set_at, set_by, note'

export function toCutOff(row: CutOffRow): CutOff {
  return {
    scope: toScope(row),
    notBefore: toInstant(row.not_before),
    setAt: toInstant(row.set_at),
    by: fromStoredText(row.set_by),
    note: orNull(row.note, fromStoredText),
  }
}

function toScope({ user_id, device_id: deviceId }: CutOffRow): CutOffScope {
  if (user_id === null) return { kind: 'everybody' }
  const userId = fromStoredText(user_id)
  return deviceId === null ? { kind: 'user', userId } : { kind: 'device', userId, deviceId }
}

export function toCutOffValues({
  scope,
  notBefore,
  setAt,
  by,
  note,
}: CutOff): Record<keyof CutOffRow, unknown> {
  const userId = scope.kind === 'everybody' ? null : scope.userId
  return {
    subject: toStoredText(cutOffSubject(scope)),
    user_id: orNull(userId, toStoredText),
    shard: orNull(userId, shardOfUser),
    device_id: scope.kind === 'device' ? scope.deviceId : null,
    not_before: notBefore,
    set_at: setAt,
    set_by: toStoredText(by),
    note: orNull(note, toStoredText),
  }
}
