import { type CutOff, forever, toIso } from 'latchkey'
import type { CutOffOnWire } from 'latchkey/http'

export function cutOffOnWire({ scope, notBefore, setAt, by, note }: CutOff): CutOffOnWire {
  return {
    scope: scope.kind,
    user_id: scope.kind === 'everybody' ? null : scope.userId,
    device_id: scope.kind === 'device' ? scope.deviceId : null,
    not_before: notBefore >= forever ? null : toIso(notBefore),
    set_at: toIso(setAt),
    by,
    note,
  }
}
