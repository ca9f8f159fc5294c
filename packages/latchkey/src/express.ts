export { type ExpressMiddleware, type ExpressSessions, expressSessions } from './frameworks/express.ts'
export type { FrameworkSessions } from './frameworks/framework-sessions.ts'
export type { MountableApi, NodeRequest } from './frameworks/node-bridge.ts'
