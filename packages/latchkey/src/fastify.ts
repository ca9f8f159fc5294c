export { type FastifySessions, fastifySessions } from './frameworks/fastify.ts'
export type {
  FastifyHook,
  FastifyInstanceLike,
  FastifyPlugin,
  FastifyReplyLike,
  FastifyRequestLike,
} from './frameworks/fastify-like.ts'
export type { FrameworkSessions } from './frameworks/framework-sessions.ts'
export type { MountableApi } from './frameworks/node-bridge.ts'
