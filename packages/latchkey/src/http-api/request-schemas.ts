import { z } from '@hono/zod-openapi'
import { canonicalAddress } from '../foundation/ip-address.ts'
import { deviceTypes } from '../model/device-info.ts'
import { isSessionId, type SessionId } from '../model/session-token.ts'
import { sessionNotFound } from './problem.ts'

/** Lone surrogates and NUL have no place in any database; everything else is the caller's choice. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

/** Text of a bounded length that every storage can hold. */
export function text(shortest: number, longest: number): z.ZodType<string> {
  return z.string().min(shortest).max(longest).refine(isStorable, 'must be well-formed text without NUL')
}

/** In a path: 1 to 255 characters. */
export const userIdInPath: z.ZodType<string> = text(1, 255).openapi({
  param: { name: 'user_id', in: 'path' },
  example: '42',
})

/** In a body: a string of 1 to 255 characters, or an integer, taken as its decimal string. */
export const userIdInBody: z.ZodType<string> = z
  .union([text(1, 255), z.int()])
  .transform(String)
  .openapi({
    example: '42',
    type: ['string', 'integer'],
    description: 'An integer is taken as its decimal string.',
  })

/** In a path. Not checked here: a wrong shape is answered as an unknown id is, see `knownShape`. */
export const sessionIdInPath: z.ZodType<string> = z.string().openapi({
  param: { name: 'session_id', in: 'path' },
  example: 'ses_q2k7wq5zv3nd6x4ye7mfa2tb',
})

/** The text as a session id. Throws the 404 of an unknown one for any other shape, before a store sees it. */
export function knownShape(sessionId: string): SessionId {
  if (!isSessionId(sessionId)) throw sessionNotFound()
  return sessionId
}

/** In a path. Not checked here: a wrong shape is answered as an unknown id is. */
export const deviceIdInPath: z.ZodType<string> = z.string().openapi({
  param: { name: 'device_id', in: 'path' },
  example: 'dev_q2r6txm3c5k4vwz7hy2ejb6n',
})

/** In a path. Not checked here: a wrong shape is answered as an unknown id is. */
export const alertIdInPath: z.ZodType<string> = z.string().openapi({
  param: { name: 'alert_id', in: 'path' },
  example: 'alr_q2r6txm3c5k4vwz7hy2ejb6nxa',
})

/** An address in any usual spelling; comes out in the canonical one. */
export const addressInBody: z.ZodType<string> = z
  .string()
  .max(100)
  .transform((spelling, check) => {
    const address = canonicalAddress(spelling)
    if (address !== null) return address
    check.issues.push({ code: 'custom', message: 'must be an IPv4 or IPv6 address', input: spelling })
    return z.NEVER
  })
  .openapi({ type: 'string', example: '203.0.113.7' })

/** What a host back end knows of the device of a session. */
export const partialDeviceInfo: z.ZodType<PartialDeviceInfo> = z
  .object({
    type: z.enum(deviceTypes).optional(),
    browser: text(1, 100).optional(),
    browser_version: text(1, 50).nullable().optional(),
    engine: text(1, 50).nullable().optional(),
    os: text(1, 100).optional(),
    os_version: text(1, 50).nullable().optional(),
    brand: text(1, 100).nullable().optional(),
    model: text(1, 100).nullable().optional(),
    location: text(1, 200).nullable().optional(),
  })
  .openapi('PartialDeviceInfo', {
    description: 'Fields left out are made out from `user_agent` and `client_hints`.',
  })

export interface PartialDeviceInfo {
  type?: (typeof deviceTypes)[number] | undefined
  browser?: string | undefined
  browser_version?: string | null | undefined
  engine?: string | null | undefined
  os?: string | undefined
  os_version?: string | null | undefined
  brand?: string | null | undefined
  model?: string | null | undefined
  location?: string | null | undefined
}
