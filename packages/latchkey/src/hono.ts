export type { FrameworkSessions } from './frameworks/framework-sessions.ts'
export { type HonoSessions, type HonoSessionsOptions, honoSessions } from './frameworks/hono.ts'
export type { MountableApi } from './frameworks/node-bridge.ts'
