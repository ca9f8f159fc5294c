import { Tooltip } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'

/** Words on hover. What they say must also be within reach of those who cannot hover. */
export function Tip({ text, children }: { text: string; children: ReactElement }): ReactNode {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal container={document.getElementById('content')}>
        <Tooltip.Content
          sideOffset={6}
          collisionPadding={12}
          className="z-50 max-w-72 rounded-md bg-ink px-2.5 py-1.5 text-xs text-canvas shadow-float motion-safe:animate-appear"
        >
          {text}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
