import { type ChangeOrigin, systemActor } from '../model/session.ts'
import type { ChangeOptions } from './change-options.ts'
import { checkActor, checkObject, checkRequestId } from './check-argument.ts'
import type { Wiring } from './wiring.ts'

/** What events say of a change that is made now. Throws `invalid-argument`. */
export function originOf({ clock }: Wiring, options: ChangeOptions): ChangeOrigin {
  checkObject('options', options)
  return {
    at: clock.now(),
    by: checkActor('by', options.by ?? systemActor),
    request: checkRequestId(options.request),
  }
}
