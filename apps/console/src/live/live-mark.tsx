import type { ReactNode } from 'react'
import { useOnline } from '../primitives/use-online.ts'

const words = {
  connecting: { text: 'Connecting…', dot: 'bg-field' },
  stream: { text: 'Updates as it happens', dot: 'bg-accent' },
  minutely: { text: 'Updates every minute', dot: 'bg-field' },
  polling: { text: 'Updates every 10 seconds', dot: 'bg-field' },
}

/** How current the numbers are, quietly. */
export function LiveMark({ state }: { state: keyof typeof words }): ReactNode {
  const online = useOnline()
  const { text, dot } = online ? words[state] : { text: 'Offline', dot: 'bg-field' }
  return (
    <p className="flex items-center gap-2 text-[0.8125rem] whitespace-nowrap text-muted">
      <span aria-hidden className={`size-1.5 rounded-full forced-colors:bg-[CanvasText] ${dot}`} />
      {text}
    </p>
  )
}
