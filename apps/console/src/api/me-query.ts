import { queryOptions } from '@tanstack/react-query'
import { fetchMe } from './authentication.ts'

/** Who is signed in. Asked once: the session's end is told by the live list, not by this. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: fetchMe,
  staleTime: Number.POSITIVE_INFINITY,
})
