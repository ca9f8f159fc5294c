import type { PasswordResponse } from 'latchkey/client'
import { type ComponentProps, type RefObject, useCallback, useRef, useState } from 'react'
import { useMe } from '../layout/use-me.ts'
import { announce } from '../primitives/announcer.tsx'
import { changedText } from './changed-text.ts'
import type { PasswordDialog } from './password-dialog.tsx'

/** The one dialog of the page, which more than one place of it leads to. */
export interface PasswordChanging {
  /** Takes the focus where what opened the dialog has gone. */
  readonly heading: RefObject<HTMLHeadingElement | null>
  readonly ask: () => void
  /** What the last change came to; null where there was none. */
  readonly outcome: string | null
  readonly dialog: ComponentProps<typeof PasswordDialog>
}

export function usePasswordDialog(): PasswordChanging {
  const { user } = useMe()
  const [state, setState] = useState<'open' | 'closed'>('closed')
  const [outcome, setOutcome] = useState<string | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const opener = useRef<Element | null>(null)

  const ask = useCallback(() => {
    opener.current = document.activeElement
    setState('open')
  }, [])

  function onChanged({ revoked_count: count }: PasswordResponse): void {
    const text = changedText(count)
    setOutcome(text)
    announce(text)
  }

  function onReturnFocus(): void {
    const element = opener.current
    if (element instanceof HTMLElement && element.isConnected && element !== document.body) element.focus()
    else heading.current?.focus()
  }

  const onClose = (): void => setState('closed')
  const dialog = { isOpen: state === 'open', email: user.email, onChanged, onClose, onReturnFocus }
  return { heading, ask, outcome, dialog }
}
