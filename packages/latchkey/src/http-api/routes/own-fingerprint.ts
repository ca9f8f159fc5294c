import { createRoute } from '@hono/zod-openapi'
import type { Device } from '../../model/device.ts'
import type { Session } from '../../model/session.ts'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { userDeviceSchema } from '../device-schemas.ts'
import { fingerprintRequestSchema, fingerprintStateSchema } from '../fingerprint-schemas.ts'
import { bySession } from '../openapi.ts'
import { ProblemError } from '../problem.ts'
import { problems } from '../problem-schema.ts'
import { toUserDevice } from '../user-device.ts'
import { toIsoOrNull } from '../user-session.ts'

const path = '/api/v1/security/fingerprint'

const stateRoute = createRoute({
  method: 'get',
  path,
  tags: ['own devices'],
  summary: 'Whether browsers are looked at, and when yours was',
  security: bySession,
  responses: {
    200: {
      description: 'The state',
      content: { 'application/json': { schema: fingerprintStateSchema } },
    },
    ...problems('unauthenticated', 'factor-required', 'too-many-attempts', 'storage-unavailable'),
  },
})

const route = createRoute({
  method: 'post',
  path,
  tags: ['own devices'],
  summary: 'Say how your browser looks',
  description:
    'Keyed hashes are kept with the device of the session, nothing else. The first time, your other devices are compared: see `resembles`.',
  security: bySession,
  request: {
    body: { required: true, content: { 'application/json': { schema: fingerprintRequestSchema } } },
  },
  responses: {
    200: {
      description: 'The device as it is now',
      content: { 'application/json': { schema: userDeviceSchema } },
    },
    ...problems(
      'malformed-request',
      'unauthenticated',
      'factor-required',
      'cross-site-request',
      'not-found',
      'body-too-large',
      'unsupported-media-type',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `GET` and `POST /api/v1/security/fingerprint`: a page asks first and looks at its browser only where it is wanted. */
export function ownFingerprint(app: ApiApp, tools: ApiTools): void {
  const { sessions } = tools
  const mode = sessions.policy.fingerprinting
  app.openapi({ ...stateRoute, middleware: tools.signedInBackground }, async (context) => {
    const { session } = await tools.requireSession(context, 'background')
    const device = mode === 'off' ? null : await deviceOf(tools, session)
    return context.json({ mode, taken_at: toIsoOrNull(device?.fingerprintedAt ?? null) }, 200)
  })
  // No person makes this request: it must not put off the idle timeout.
  app.openapi({ ...route, middleware: tools.signedInBackground }, async (context) => {
    const { session } = await tools.requireSession(context, 'background')
    const { components, consent = false } = context.req.valid('json')
    if (mode === 'off') throw new ProblemError('not-found', 'Browsers are not looked at here.')
    if (mode === 'consent' && !consent) {
      throw new ProblemError('invalid-input', 'consent: must be true once the user has agreed', {
        field: 'consent',
      })
    }
    const owned = await deviceOf(tools, session)
    const device = owned === null ? null : await sessions.recordFingerprint(owned.id, components)
    if (device === null) throw new ProblemError('not-found', 'This session is on no device that is known.')
    return context.json(toUserDevice(device, session.deviceId), 200)
  })
}

async function deviceOf({ sessions }: ApiTools, { deviceId, userId }: Session): Promise<Device | null> {
  return deviceId === null ? null : sessions.getDevice(deviceId, { ofUser: userId })
}
