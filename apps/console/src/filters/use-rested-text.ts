import { useEffect, useRef, useState } from 'react'

/** How long typing must rest before it takes effect, in milliseconds. */
const rest = 300

interface RestedText {
  readonly text: string
  readonly type: (text: string) => void
  /** Without waiting for the rest. */
  readonly apply: () => void
}

/** Text that is being typed, and takes effect when the typing rests. */
export function useRestedText(value: string, onChange: (text: string) => void): RestedText {
  const [text, setText] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  // What comes from elsewhere (a row's menu, `Clear`, the back button) replaces what stands here.
  useEffect(() => setText(value), [value])
  useEffect(() => () => clearTimeout(timer.current), [])

  function change(next: string): void {
    clearTimeout(timer.current)
    if (next.trim() !== value) onChange(next.trim())
  }

  function type(next: string): void {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => change(next), rest)
  }

  return { text, type, apply: () => change(text) }
}
