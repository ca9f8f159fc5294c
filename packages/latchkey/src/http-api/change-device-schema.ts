import { z } from '@hono/zod-openapi'
import { days, inSeconds, seconds } from '../foundation/time.ts'
import type { DeviceChange } from '../operations/change-device.ts'
import { text } from './request-schemas.ts'
import { exactly } from './schema-equality.ts'
import type { ChangeDeviceRequest } from './wire-types.ts'

/** As long as a browser keeps the cookie by which the device is known. */
const longestTrust = inSeconds(days(400))

/** What a user changes of a device. */
export const changeDeviceSchema: z.ZodType<ChangeDeviceRequest> = exactly<ChangeDeviceRequest>()(
  z
    .object({
      name: text(1, 60).nullable().exactOptional().openapi({
        description: 'On one line; null: nothing of their own.',
        example: 'Work laptop',
      }),
      trusted_for_seconds: z.int().min(1).max(longestTrust).nullable().exactOptional().openapi({
        description: 'From now on, at most 400 days; null: not any more.',
        example: 2_592_000,
      }),
    })
    .openapi('ChangeDeviceRequest', { description: 'What is left out stays as it is.' }),
)

/** The change that the request asks for. */
export function toDeviceChange({ name, trusted_for_seconds: trust }: ChangeDeviceRequest): DeviceChange {
  return {
    ...(name === undefined ? {} : { name }),
    ...(trust === undefined ? {} : { trustedFor: trust === null ? null : seconds(trust) }),
  }
}
