import { Hourglass } from 'lucide-react'
import type { ReactNode } from 'react'
import { counted } from '../numbers/number-text.ts'
import { Notice } from '../primitives/notice.tsx'

/** Fewer are on their way and in within seconds: that is no news. */
const worthSaying = 50

/** That numbers do not hold the newest events yet; nothing while they do. */
export function BehindNotice({ events }: { events: number }): ReactNode {
  if (events < worthSaying) return null
  return (
    <Notice icon={Hourglass} role="status">
      The numbers are behind by {counted(events, 'event')}. They catch up by themselves; who is active now is
      exact all the same.
    </Notice>
  )
}
