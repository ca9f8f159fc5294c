import { useEffect, useRef } from 'react'
import { useShortcuts } from './shortcut-setting.ts'

/** What the keys do, by the name of the key. */
export type AlertKeys = Readonly<
  Partial<
    Record<
      'next' | 'previous' | 'acknowledge' | 'resolve' | 'falseAlarm' | 'note' | 'close' | 'help',
      () => void
    >
  >
>

const letters: Readonly<Record<string, keyof AlertKeys>> = {
  j: 'next',
  k: 'previous',
  a: 'acknowledge',
  r: 'resolve',
  f: 'falseAlarm',
  n: 'note',
  '?': 'help',
}

const walks: ReadonlySet<keyof AlertKeys> = new Set(['next', 'previous'])

/** In the list only: elsewhere they scroll. */
const arrows: Readonly<Record<string, keyof AlertKeys>> = { ArrowDown: 'next', ArrowUp: 'previous' }

/** Works the page by keys, unless they are turned off, something is typed, or a dialog or menu is open. */
export function useAlertKeys(keys: AlertKeys): void {
  const setting = useShortcuts()
  const now = useRef(keys)
  useEffect(() => {
    now.current = keys
  })
  useEffect(() => {
    const watch = new AbortController()
    document.addEventListener(
      'keydown',
      (event) => {
        const name = keyOf(event, setting)
        const act = name && now.current[name]
        if (!act) return
        event.preventDefault()
        // A key that is held walks on; it decides nothing.
        if (!event.repeat || walks.has(name)) act()
      },
      { signal: watch.signal },
    )
    return () => watch.abort()
  }, [setting])
}

function keyOf(event: KeyboardEvent, setting: 'on' | 'off'): keyof AlertKeys | undefined {
  const target = event.target instanceof Element ? event.target : document.body
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing)
    return undefined
  if (target.closest('input:not([type=checkbox]), textarea, select, [contenteditable], [role=menu]'))
    return undefined
  if (document.querySelector('[role=dialog], [role=alertdialog]')) return undefined
  if (target.closest('[data-alerts]') && Object.hasOwn(arrows, event.key)) return arrows[event.key]
  if (event.key === 'Escape') return 'close'
  if (setting === 'off' || !Object.hasOwn(letters, event.key)) return undefined
  return letters[event.key]
}
