import type { EndOneOptions } from '../operations/invalidate-sessions.ts'
import type { ApiContext } from './api-environment.ts'
import type { ApiTools } from './api-tools.ts'
import { noSuchDevice } from './no-such-device.ts'
import type { ForgetDeviceResponse } from './wire-types.ts'

/** Forgets a device of a user with its sessions; an unknown id, one of a wrong shape and somebody else's are the same 404. */
export async function forgetDevice(
  tools: Pick<ApiTools, 'sessions' | 'recordRefusal'>,
  context: ApiContext,
  deviceId: string,
  options: EndOneOptions & { readonly ofUser: string },
  current: 'revoked' | 'kept',
): Promise<ForgetDeviceResponse> {
  const request = context.get('requestId')
  const gone = await tools.sessions.forgetDevice(deviceId, { ...options, request })
  if (gone === null) throw await noSuchDevice(tools, context, deviceId)
  const message = forgottenMessage(gone.sessions)
  return { message, forgotten: true, revoked_count: gone.sessions, current }
}

function forgottenMessage(count: number): string {
  if (count === 0) return 'The device was forgotten.'
  return count === 1
    ? 'The device was forgotten, and 1 session on it was ended.'
    : `The device was forgotten, and ${count} sessions on it were ended.`
}
