import { useCallback, useRef } from 'react'

interface Opener {
  /** Before a dialog opens: what has the focus now is what asked for it. */
  readonly remember: () => void
  /** To what asked for the dialog, or, where that has gone, where `restore` puts it. */
  readonly returnFocus: () => void
}

/** Where the focus was before a dialog that more than one thing opens. */
export function useOpener(restore: () => void): Opener {
  const opener = useRef<Element | null>(null)
  const remember = useCallback(() => {
    opener.current = document.activeElement
  }, [])
  function returnFocus(): void {
    const element = opener.current
    if (element instanceof HTMLElement && element.isConnected && element !== document.body) element.focus()
    else restore()
  }
  return { remember, returnFocus }
}
