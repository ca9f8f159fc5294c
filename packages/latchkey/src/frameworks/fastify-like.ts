import type { IncomingMessage, ServerResponse } from 'node:http'

/** The part of Fastify's request that is used. */
export interface FastifyRequestLike {
  readonly raw: IncomingMessage
}

/** The part of Fastify's reply that is used. */
export interface FastifyReplyLike {
  readonly raw: ServerResponse
  header(name: string, value: string): FastifyReplyLike
  hijack(): FastifyReplyLike
}

/** The part of Fastify's instance that is used. */
export interface FastifyInstanceLike {
  removeAllContentTypeParsers(): unknown
  addContentTypeParser(
    type: string,
    options: Readonly<Record<never, never>>,
    parse: (request: never, payload: never, done: (error: null) => void) => void,
  ): unknown
  all(
    path: string,
    options: Readonly<Record<never, never>>,
    handler: (request: never, reply: never) => Promise<unknown>,
  ): unknown
}

/** An `onRequest` hook. */
export type FastifyHook = (request: FastifyRequestLike, reply: FastifyReplyLike) => Promise<unknown>

/** A plugin for `register`. */
export type FastifyPlugin = (instance: FastifyInstanceLike) => Promise<void>
