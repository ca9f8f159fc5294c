import type { LucideIcon } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { inputLook } from '../primitives/text-field.tsx'

/** How long typing must rest before the list is asked for, in milliseconds. */
const rest = 300

interface FilterTextProps {
  label: string
  /** What stands in it while it is empty; default: the label. */
  example?: string
  icon?: LucideIcon
  value: string
  onChange: (text: string) => void
}

/** A filter that is typed; it takes effect when the typing rests, or at once with Enter. */
export function FilterText({
  label,
  example = label,
  icon: Icon,
  value,
  onChange,
}: FilterTextProps): ReactNode {
  const [text, setText] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  // What comes from elsewhere (a row's menu, `Clear`, the back button) replaces what stands here.
  useEffect(() => setText(value), [value])
  useEffect(() => () => clearTimeout(timer.current), [])

  function apply(next: string): void {
    clearTimeout(timer.current)
    if (next.trim() !== value) onChange(next.trim())
  }

  function type(next: string): void {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => apply(next), rest)
  }

  return (
    <div className="relative">
      {Icon ? (
        <Icon
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted"
        />
      ) : null}
      <input
        type="search"
        aria-label={label}
        placeholder={example}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        maxLength={320}
        value={text}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && apply(text)}
        className={`${inputLook} ${Icon ? 'pl-9' : ''}`}
      />
    </div>
  )
}
