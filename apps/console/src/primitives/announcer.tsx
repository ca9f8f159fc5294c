import { type ReactNode, useSyncExternalStore } from 'react'

let message = ''
const listeners = new Set<() => void>()

/** Says it to screen readers when there is a pause. The same words twice are said twice. */
export function announce(text: string): void {
  // A trailing no-break space makes the words a change, without being heard.
  message = message === text ? `${text}\u00a0` : text
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The place from which announcements are read; once a page, there from the start. */
export function Announcer(): ReactNode {
  const text = useSyncExternalStore(subscribe, () => message)
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {text}
    </div>
  )
}
