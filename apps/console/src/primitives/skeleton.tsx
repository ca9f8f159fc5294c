import type { ReactNode } from 'react'

/** A grey place where something will be; its size comes by class. Hidden from screen readers. */
export function Skeleton({ className = '' }: { className?: string }): ReactNode {
  return <span aria-hidden className={`block rounded-md bg-sunken motion-safe:animate-pulse ${className}`} />
}
