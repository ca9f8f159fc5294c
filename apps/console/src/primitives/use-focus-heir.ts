import { type RefObject, useLayoutEffect, useRef } from 'react'

/** Hands the focus on to `heir` when what has it goes away with the element of the returned ref: a way to try again that worked, say. */
export function useFocusHeir(heir: RefObject<HTMLElement | null>): RefObject<HTMLDivElement | null> {
  const own = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = own.current
    return () => {
      // The element is still in the document here, and has left it in the next microtask.
      if (element?.contains(document.activeElement)) queueMicrotask(() => heir.current?.focus())
    }
  }, [heir])
  return own
}
