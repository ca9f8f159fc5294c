/** Which part of a long list is asked for. */
export interface PageOptions {
  /** At most so many. Default: as many as the server gives. */
  readonly limit?: number
  /** The `next_cursor` of the page before; absent: the first page. */
  readonly cursor?: string
}

export function activityPath(path: string, { limit, cursor }: PageOptions = {}): string {
  const query = new URLSearchParams()
  if (limit !== undefined) query.set('limit', String(limit))
  if (cursor !== undefined) query.set('cursor', cursor)
  return query.size === 0 ? path : `${path}?${query}`
}
