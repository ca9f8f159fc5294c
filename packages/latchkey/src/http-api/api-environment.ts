import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { SignedIn } from '../transport/guard-outcome.ts'
import type { ConnectionFacts } from '../transport/request-head.ts'

/** What a request carries on its way through the API. */
export interface ApiEnvironment {
  Bindings: {
    /** Absent where the server said nothing about the connection. */
    connection?: ConnectionFacts
  }
  Variables: {
    /** Made here for each request, whatever the client sent. */
    requestId: string
    /** Set once the request's session has been verified. */
    signedIn?: SignedIn
    /** `Set-Cookie` values of the session's next token. They are sent with whatever the answer is. */
    rotatedCookies?: readonly string[]
    /** Set where the answer depends on which site started the request. */
    isDecidedBySite?: boolean
    /** Set once the request's API key has been recognised. */
    service?: ServiceIdentity
  }
}

/** A host back end that has shown its API key. */
export interface ServiceIdentity {
  readonly id: string
}

/** Who an API key belongs to; null where it is none. At once where that is known, as requests wait for it. */
export type AuthenticateService = (apiKey: string) => ServiceIdentity | null | Promise<ServiceIdentity | null>

/** The application that routes are added to. */
export type ApiApp = OpenAPIHono<ApiEnvironment>

/** What a route is given of a request. */
export type ApiContext = Context<ApiEnvironment>
