import { useEffect, useRef, useState } from 'react'
import { filterKeys } from './filter-keys.ts'
import { isFinished, typedWords } from './typed-words.ts'

/** How long typing must rest before it takes effect, in milliseconds. */
const rest = 500

export interface FilterText {
  readonly text: string
  readonly caret: number
  readonly type: (text: string, caret: number) => void
  readonly moveCaret: (caret: number) => void
  /** At once, whatever it is: the server says what is wrong with it. */
  readonly apply: (text?: string) => void
}

/** The filter as it is typed. It takes effect when the typing rests and nothing in it waits to be typed on. */
export function useFilterText(value: string, onChange: (filter: string) => void): FilterText {
  const [text, setText] = useState(value)
  const [caret, setCaret] = useState(value.length)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  // What comes from elsewhere (a helper, a saved filter, the back button) replaces what stands here.
  useEffect(() => {
    clearTimeout(timer.current)
    setText((now) => (now.trim() === value ? now : value))
  }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])

  function apply(next: string = text): void {
    clearTimeout(timer.current)
    if (next.trim() !== value) onChange(next.trim())
  }

  function type(next: string, at: number): void {
    setText(next)
    setCaret(at)
    clearTimeout(timer.current)
    if (isSettled(next, at)) timer.current = setTimeout(() => apply(next), rest)
  }

  return { text, caret, type, moveCaret: setCaret, apply }
}

/** A bare word may be the beginning of a key: `co` is not searched for on the way to `country:NO`. */
function isSettled(text: string, caret: number): boolean {
  const word = typedWords(text).find(({ start, end }) => start < caret && caret <= end)
  const beginning = word?.key === null ? word.text.replace(/^-/, '').toLowerCase() : null
  const isOfKey = beginning !== null && Object.keys(filterKeys).some((key) => key.startsWith(beginning))
  return isFinished(text) && !isOfKey
}
