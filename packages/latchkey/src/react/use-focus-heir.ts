import { type RefObject, useLayoutEffect, useRef } from 'react'

/**
 * Hands the focus on to `heir` when what has it goes away with the element of the returned ref: a session that
 * was ended elsewhere, say. Only for what is not rendered on a server.
 */
export function useFocusHeir<Own extends HTMLElement>(
  heir: RefObject<HTMLElement | null>,
): RefObject<Own | null> {
  const own = useRef<Own>(null)
  useLayoutEffect(() => {
    const element = own.current
    return () => {
      // The element is still in the document here, and has left it in the next microtask.
      if (element?.contains(document.activeElement)) queueMicrotask(() => heir.current?.focus())
    }
  }, [heir])
  return own
}
