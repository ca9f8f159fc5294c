/** One statement: prepared under its name where it has one. */
export interface PostgresQuery {
  readonly name?: string
  readonly text: string
  // A driver's own type asks for an array that it may change; it does not.
  readonly values?: unknown[]
}

/** What a statement brought. */
export interface PostgresResult {
  readonly rows: readonly unknown[]
}

/** What another connection said on a channel that this one listens to. */
export interface PostgresNotification {
  readonly channel: string
  readonly payload?: string | undefined
}

/** One connection, taken out of the pool. `pg.PoolClient` fits. */
export interface PostgresConnection {
  query(query: PostgresQuery): Promise<PostgresResult>
  on(event: 'notification', listener: (message: PostgresNotification) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'end', listener: () => void): unknown
  off(event: 'error', listener: (error: Error) => void): unknown
  /** Back into the pool; `true`: it is of no use any more and is closed. */
  release(destroy?: boolean): void
}

/** The smallest part of a connection pool that a storage needs. `pg.Pool` fits. */
export interface PostgresPool {
  /** Without `values` the text may hold several statements, which are one transaction then. */
  query(query: PostgresQuery): Promise<PostgresResult>
  connect(): Promise<PostgresConnection>
  /** Tells of idle connections that broke. */
  on(event: 'error', listener: (error: Error) => void): unknown
}
