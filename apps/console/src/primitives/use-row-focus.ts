import { type RefObject, useCallback, useEffect, useRef } from 'react'

interface RowFocus {
  /** On the element around all rows; each row carries `data-row` with its id. */
  readonly listRef: RefObject<HTMLDivElement | null>
  /** Puts the focus back to where it was, or, when that row has gone, to its neighbour. */
  readonly restore: () => void
}

/** Where the focus was last. */
interface Place {
  readonly element: HTMLElement
  readonly index: number
}

const focusable = 'button:not([disabled]), a[href], select, input'

/**
 * Keeps the focus in a list whose rows may go away under it: on the row that took the place of the one that
 * has gone, or the last, or else on `fallback` (the heading, say).
 */
export function useRowFocus(ids: readonly string[], fallback: RefObject<HTMLElement | null>): RowFocus {
  const listRef = useRef<HTMLDivElement>(null)
  const last = useRef<Place | null>(null)

  useEffect(() => watchFocus(listRef.current, last))

  const restore = useCallback(() => {
    const known = last.current
    if (known?.element.isConnected) return known.element.focus()
    const rows = rowsOf(listRef.current)
    const row = known ? rows[Math.min(known.index, rows.length - 1)] : undefined
    const target = row?.querySelector<HTMLElement>(focusable) ?? fallback.current
    target?.focus()
  }, [fallback])

  const key = ids.join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the effect is about the change of rows.
  useEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body
    if (lost && last.current && !last.current.element.isConnected) restore()
  }, [key, restore])

  return { listRef, restore }
}

function watchFocus(list: HTMLElement | null, last: RefObject<Place | null>): () => void {
  const watch = new AbortController()
  function remember(event: FocusEvent): void {
    const element = event.target as HTMLElement
    const row = element.closest<HTMLElement>('[data-row]')
    last.current = row ? { element, index: rowsOf(list).indexOf(row) } : null
  }
  function forget(event: FocusEvent): void {
    // An element that is removed loses the focus to nothing; one that is left loses it to another. What a
    // row's own menu or question takes, it gives back.
    const next = event.relatedTarget as HTMLElement | null
    if (next && !next.closest('[role=alertdialog],[role=dialog],[role=menu]')) last.current = null
  }
  list?.addEventListener('focusin', remember, { signal: watch.signal })
  list?.addEventListener('focusout', forget, { signal: watch.signal })
  return () => watch.abort()
}

function rowsOf(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
}
