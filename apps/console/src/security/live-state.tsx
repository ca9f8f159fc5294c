import type { LiveSessions } from 'latchkey/react'
import type { ReactNode } from 'react'
import { useOnline } from '../primitives/use-online.ts'

/** How current the list is, quietly. */
export function LiveState({ live }: { live: LiveSessions }): ReactNode {
  const online = useOnline()
  const { text, dot } = words(live, online)
  return (
    <p className="mt-0.5 flex items-center gap-2 text-[0.8125rem] text-muted">
      <span aria-hidden className={`size-1.5 rounded-full forced-colors:bg-[CanvasText] ${dot}`} />
      {text}
    </p>
  )
}

function words(live: LiveSessions, online: boolean): { text: string; dot: string } {
  if (!online) return { text: 'Offline', dot: 'bg-field' }
  if (live.state === 'loading') return { text: 'Loading…', dot: 'bg-field' }
  if (live.state === 'error')
    return { text: live.sessions.length > 0 ? 'Not up to date' : 'Not loaded', dot: 'bg-field' }
  if (live.live === 'stream') return { text: 'Updates as it happens', dot: 'bg-accent' }
  if (live.live === 'polling') return { text: 'Updates every 15 seconds', dot: 'bg-field' }
  return { text: 'Connecting…', dot: 'bg-field' }
}
