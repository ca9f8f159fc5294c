import { z } from '@hono/zod-openapi'
import { exactly } from './schema-equality.ts'
import { deviceInfoSchema, instant } from './session-schemas.ts'
import type {
  DeviceEventOnWire,
  DevicePlaceOnWire,
  DevicesResponse,
  ForgetDeviceResponse,
  UserDevice,
} from './wire-types.ts'

const deviceId = z.string().openapi({
  description: 'Public and stable; no secret.',
  example: 'dev_q2r6txm3c5k4vwz7hy2ejb6n',
})

const count = z.int().min(0)

const devicePlaceSchema: z.ZodType<DevicePlaceOnWire> = exactly<DevicePlaceOnWire>()(
  z
    .object({
      location: z.string().nullable().openapi({
        description: 'Null where it was unknown.',
        example: 'Oslo, Norway',
      }),
      sessions: count,
      last_seen: instant,
    })
    .openapi('DevicePlace'),
)

/** A device as its user sees it. */
export const userDeviceSchema: z.ZodType<UserDevice> = exactly<UserDevice>()(
  z
    .object({
      id: deviceId,
      name: z.string().nullable().openapi({ description: 'What its user calls it.', example: 'Work laptop' }),
      device_info: deviceInfoSchema,
      engine: z.string().nullable().openapi({ description: 'Of its browser.', example: 'Blink' }),
      brand: z.string().nullable().openapi({ description: 'Who made it.', example: 'Google' }),
      model: z.string().nullable().openapi({
        description: 'Null where the browser did not say it, which most do not.',
        example: 'Pixel 8',
      }),
      first_seen: instant,
      last_seen: instant.openapi({ description: 'The last sign-in on it.' }),
      trusted_until: instant
        .nullable()
        .openapi({ description: 'Null when it is not trusted any more, too.' }),
      is_current: z.boolean().openapi({ description: 'Whether the request was made in a session of it.' }),
      active_sessions: count,
      places: z.array(devicePlaceSchema).openapi({
        description: 'Most often first, as far as sessions are on record.',
      }),
      resembles: z
        .object({ device_id: deviceId, confidence: z.number().min(0).max(1) })
        .nullable()
        .openapi({ description: 'Another device that its browser looks like: evidence, no proof.' }),
    })
    .openapi('UserDevice'),
)

/** A user's devices. */
export const devicesResponseSchema: z.ZodType<DevicesResponse> = exactly<DevicesResponse>()(
  z
    .object({
      devices: z.array(userDeviceSchema).openapi({ description: 'Last seen first; at most 200.' }),
      total_count: count.openapi({ example: 2 }),
    })
    .openapi('DevicesResponse'),
)

/** What forgetting a device brings. */
export const forgetDeviceResponseSchema: z.ZodType<ForgetDeviceResponse> = exactly<ForgetDeviceResponse>()(
  z
    .object({
      message: z.string().openapi({ example: 'The device was forgotten.' }),
      forgotten: z.boolean(),
      revoked_count: count.openapi({ description: 'Sessions that ended with it.' }),
      current: z.enum(['revoked', 'kept']).openapi({ description: 'What became of the session asked in.' }),
    })
    .openapi('ForgetDeviceResponse'),
)

/** One event of a user's stream that is about a device. */
export const deviceEventSchema: z.ZodType<DeviceEventOnWire> = exactly<DeviceEventOnWire>()(
  z
    .object({
      type: z.enum(['device.added', 'device.changed', 'device.forgotten']),
      device_id: deviceId,
      at: instant,
    })
    .openapi('DeviceEvent'),
)
