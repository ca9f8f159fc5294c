import { ChevronDown } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { inputLook } from '../primitives/text-field.tsx'
import { FilterLabel } from './filter-label.tsx'

interface FilterSelectProps {
  label: string
  /** The words for no condition. */
  all: string
  choices: Readonly<Record<string, string>>
  value: string
  onChange: (value: string) => void
}

/** The platform's own select: it is at home on every phone. */
export function FilterSelect({ label, all, choices, value, onChange }: FilterSelectProps): ReactNode {
  const id = useId()
  return (
    <FilterLabel id={id} name={label}>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={`${inputLook} appearance-none pr-9`}
      >
        <option value="">{all}</option>
        {Object.entries(choices).map(([choice, name]) => (
          <option key={choice} value={choice}>
            {name}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-muted"
      />
    </FilterLabel>
  )
}
