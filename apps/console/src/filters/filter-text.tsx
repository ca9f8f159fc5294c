import type { LucideIcon } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { inputLook } from '../primitives/text-field.tsx'
import { FilterLabel } from './filter-label.tsx'
import { useRestedText } from './use-rested-text.ts'

interface FilterTextProps {
  label: string
  /** What stands in it while it is empty. */
  example?: string
  icon?: LucideIcon
  value: string
  onChange: (text: string) => void
}

/** A filter that is typed; it takes effect when the typing rests, or at once with Enter. */
export function FilterText(props: FilterTextProps): ReactNode {
  const { label, example, icon: Icon, value, onChange } = props
  const id = useId()
  const { text, type, apply } = useRestedText(value, onChange)
  return (
    <FilterLabel id={id} name={label}>
      {Icon ? (
        <Icon
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted"
        />
      ) : null}
      <input
        type="search"
        id={id}
        placeholder={example}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        maxLength={255}
        value={text}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && apply()}
        className={`${inputLook} ${Icon ? 'pl-9' : ''}`}
      />
    </FilterLabel>
  )
}
