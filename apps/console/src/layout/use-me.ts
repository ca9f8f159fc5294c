import { useRouteContext } from '@tanstack/react-router'
import type { MeResponse } from 'latchkey/client'

/** Who is signed in; only on pages that need it. */
export function useMe(): MeResponse {
  return useRouteContext({ from: '/signed-in', select: (context) => context.me })
}
