import { createRoute, z } from '@hono/zod-openapi'
import { sha256, toBase64Url } from '../../foundation/bytes.ts'
import type { NewSession } from '../../operations/create-session.ts'
import { tokensPerBrowser } from '../../transport/device-cookie.ts'
import type { ApiApp, ServiceIdentity } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { byApiKey } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import {
  addressInBody,
  type PartialDeviceInfo,
  partialDeviceInfo,
  text,
  userIdInBody,
} from '../request-schemas.ts'
import { createdSessionResponseSchema } from '../session-schemas.ts'
import { toServiceSession } from '../user-session.ts'

/** In characters; a real one has 51. What is no token is passed over. */
const longestDeviceToken = 200

const body = z
  .object({
    user_id: userIdInBody,
    device_info: partialDeviceInfo.optional(),
    ip_address: addressInBody.nullable().optional(),
    user_agent: text(0, 16_384).nullable().optional(),
    client_hints: z.record(text(1, 100), text(0, 1_024)).nullable().optional(),
    expires_in_days: z.number().positive().optional(),
    expires_in_seconds: z.number().positive().optional(),
    amr: z
      .array(text(1, 64))
      .max(16)
      .optional()
      .openapi({ example: ['pwd', 'otp'] }),
    roles: z
      .array(text(1, 64))
      .max(32)
      .optional()
      .openapi({ description: "What the user may do, as the policy's rules name it." }),
    pending: z.boolean().optional().openapi({
      description:
        'The user still owes a factor: the session is accepted nowhere, ends no other and lasts 10 minutes, until `POST /api/v1/sessions/renew` completes it.',
    }),
    stage: z.enum(['complete', 'pending']).optional().openapi({
      description: '`pending`, as `POST /api/v1/sessions/verify` calls it, is the same as `pending: true`.',
    }),
    replace_session_id: z.string().max(100).optional(),
    device_tokens: z
      .array(z.string().max(longestDeviceToken))
      .max(tokensPerBrowser)
      .nullable()
      .optional()
      .openapi({
        description:
          'The device tokens that the browser keeps, `[]` where it keeps none: the answer holds the one to keep. Left out: the session has no device.',
      }),
  })
  .openapi('CreateSessionRequest')

const idempotencyKey = text(1, 255).optional().openapi({
  description: 'Repeating the request with the same key within 24 hours brings the same session and token.',
})

const route = createRoute({
  method: 'post',
  path: '/api/v1/sessions',
  tags: ['host back ends'],
  summary: 'Sign a user in',
  description: 'Call it once the user has proved who they are. The token is not shown again.',
  security: byApiKey,
  request: {
    headers: z.object({ 'idempotency-key': idempotencyKey }),
    body: { required: true, content: { 'application/json': { schema: body } } },
  },
  responses: {
    201: {
      description: 'The session and its token',
      content: { 'application/json': { schema: createdSessionResponseSchema } },
    },
    ...problems(
      'malformed-request',
      'unauthenticated',
      'user-disabled',
      'idempotency-conflict',
      'session-limit-reached',
      'body-too-large',
      'unsupported-media-type',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

export function createSession(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.service }, async (context) => {
    const service = await tools.requireService(context)
    const key = context.req.valid('header')['idempotency-key']
    const request = newSession(context.req.valid('json'), service, key)
    const { session, token, device } = await tools.sessions.createSession({
      ...request,
      request: context.get('requestId'),
    })
    const deviceToken = device === null ? {} : { device_token: device.token }
    return context.json({ session: toServiceSession(session), token, ...deviceToken }, 201)
  })
}

function newSession(
  request: z.output<typeof body>,
  service: ServiceIdentity,
  key: string | undefined,
): NewSession {
  return {
    userId: request.user_id,
    createdBy: `service:${service.id}`,
    ipAddress: request.ip_address ?? null,
    userAgent: request.user_agent ?? null,
    clientHints: request.client_hints ?? null,
    ...(request.device_info === undefined ? {} : { deviceInfo: toDeviceInfo(request.device_info) }),
    ...(request.expires_in_days === undefined ? {} : { expiresInDays: request.expires_in_days }),
    ...(request.expires_in_seconds === undefined ? {} : { expiresInSeconds: request.expires_in_seconds }),
    ...(request.amr === undefined ? {} : { amr: request.amr }),
    ...(request.roles === undefined ? {} : { roles: request.roles }),
    ...(request.pending === true || request.stage === 'pending' ? { stage: 'pending' as const } : {}),
    ...(request.replace_session_id === undefined ? {} : { replaces: request.replace_session_id }),
    deviceTokens: request.device_tokens ?? null,
    ...(key === undefined ? {} : { idempotencyKey: ownKey(service, key) }),
  }
}

/** Each back end has keys of its own: nobody gets another's token by guessing a key. Hashed, so that the length stays bounded. */
function ownKey(service: ServiceIdentity, key: string): string {
  return toBase64Url(sha256(JSON.stringify([service.id, key])))
}

function toDeviceInfo(device: PartialDeviceInfo): NonNullable<NewSession['deviceInfo']> {
  return {
    ...(device.type === undefined ? {} : { type: device.type }),
    ...(device.browser === undefined ? {} : { browser: device.browser }),
    ...(device.browser_version === undefined ? {} : { browserVersion: device.browser_version }),
    ...(device.engine === undefined ? {} : { engine: device.engine }),
    ...(device.os === undefined ? {} : { os: device.os }),
    ...(device.os_version === undefined ? {} : { osVersion: device.os_version }),
    ...(device.brand === undefined ? {} : { brand: device.brand }),
    ...(device.model === undefined ? {} : { model: device.model }),
    ...(device.location === undefined ? {} : { location: device.location }),
  }
}
