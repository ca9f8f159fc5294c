import type { ApiContext } from './api-environment.ts'
import type { ApiTools } from './api-tools.ts'
import { deviceNotFound, type ProblemError } from './problem.ts'

/** What to throw for a device that is not there, or is somebody else's, which the audit log is told of. */
export async function noSuchDevice(
  { sessions, recordRefusal }: Pick<ApiTools, 'sessions' | 'recordRefusal'>,
  context: ApiContext,
  deviceId: string,
): Promise<ProblemError> {
  const device = await sessions.getDevice(deviceId)
  // Not waited for: the answer to what is somebody else's must take no longer than that to what never was.
  if (device !== null) void recordRefusal(context, 'direct-reference', deviceId)
  return deviceNotFound()
}
