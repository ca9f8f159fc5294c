import type { ReactNode } from 'react'

export function SkipLink(): ReactNode {
  return (
    <a
      href="#content"
      className="fixed top-3 left-3 z-50 -translate-y-20 rounded-lg bg-ink px-3 py-2 font-medium text-canvas focus:translate-y-0"
    >
      Skip to content
    </a>
  )
}
