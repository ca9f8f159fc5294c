import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './api-error.ts'

/** Answers that will not change by asking again. */
function isFinal(error: unknown): boolean {
  return error instanceof ApiError && error.status >= 400 && error.status < 500
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < 2 && !isFinal(error),
      // Attempts are made offline, too, so that the page says what is wrong rather than waiting in silence.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})
