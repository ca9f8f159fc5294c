import { type RefObject, useLayoutEffect, useRef } from 'react'

interface Modal {
  readonly dialog: RefObject<HTMLDialogElement | null>
  /** For what has the focus at first. */
  readonly firstFocus: RefObject<HTMLButtonElement | null>
  /** To be called before anything outside is given the focus: while the dialog is open nothing there takes it. */
  readonly close: () => void
  /** Closes it while something else is asked, whose dialog it would otherwise lie over, and opens it again. */
  readonly setAside: <Answer>(ask: () => Answer | Promise<Answer>) => Promise<Answer>
}

/** Opens the dialog above the page while it is mounted; the browser keeps the focus inside and gives it back. */
export function useModal(): Modal {
  const dialog = useRef<HTMLDialogElement>(null)
  const firstFocus = useRef<HTMLButtonElement>(null)
  // Not `useEffect`: it cleans up when the element has left the page, and the focus with it.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    firstFocus.current?.focus()
    return () => element?.close()
  }, [])
  const setAside: Modal['setAside'] = async (ask) => {
    dialog.current?.close()
    try {
      return await ask()
    } finally {
      dialog.current?.showModal()
    }
  }
  return { dialog, firstFocus, close: () => dialog.current?.close(), setAside }
}
