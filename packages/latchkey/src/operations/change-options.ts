import type { Actor } from '../model/session.ts'

/** Which request asks for it. */
export interface RequestOptions {
  /** The id of the request, which stands in the events; default: none. */
  readonly request?: string
}

/** Who makes a change, and in which request. */
export interface ChangeOptions extends RequestOptions {
  /** Default `system`. */
  readonly by?: Actor
}
