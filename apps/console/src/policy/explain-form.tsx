import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { FilterLabel } from '../filters/filter-label.tsx'
import { FilterSelect } from '../filters/filter-select.tsx'
import { Button } from '../primitives/button.tsx'
import { inputLook } from '../primitives/text-field.tsx'
import { type ExplainSearch, factors, listOf, parseExplainSearch } from './explain-search.ts'

interface ExplainFormProps {
  search: ExplainSearch
  onExplain: (search: ExplainSearch) => void
}

export function ExplainForm({ search, onExplain }: ExplainFormProps): ReactNode {
  const [role, setRole] = useState(search.role ?? '')
  const [trust, setTrust] = useState<string>(search.device_trust ?? '')
  const [methods, setMethods] = useState<readonly string[]>(listOf(search.amr))

  function submit(event: FormEvent): void {
    event.preventDefault()
    // What is not stated counts as not trusted, and saying so asks for an explanation.
    const device = trust === '' ? 'untrusted' : trust
    onExplain(parseExplainSearch({ role, device_trust: device, amr: methods.join(',') }))
  }

  function toggle(method: string): void {
    setMethods((now) => (now.includes(method) ? now.filter((one) => one !== method) : [...now, method]))
  }

  return (
    <form onSubmit={submit} className="space-y-3.5 py-3">
      <div className="grid gap-x-2.5 gap-y-3 sm:grid-cols-2">
        <Roles value={role} onChange={setRole} />
        <FilterSelect
          label="Device"
          all="Not trusted"
          choices={{ trusted: 'Trusted' }}
          value={trust === 'untrusted' ? '' : trust}
          onChange={setTrust}
        />
      </div>
      <Factors chosen={methods} onToggle={toggle} />
      <Button type="submit">Explain</Button>
    </form>
  )
}

function Roles({ value, onChange }: { value: string; onChange: (text: string) => void }): ReactNode {
  const id = useId()
  return (
    <FilterLabel id={id} name="Roles">
      <input
        id={id}
        placeholder="admin, billing"
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        maxLength={255}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={inputLook}
      />
    </FilterLabel>
  )
}

interface FactorsProps {
  chosen: readonly string[]
  onToggle: (method: string) => void
}

function Factors({ chosen, onToggle }: FactorsProps): ReactNode {
  return (
    <fieldset>
      <legend className="mb-1 text-xs font-medium text-muted">Factors at sign-in</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {Object.entries(factors).map(([method, name]) => (
          <label key={method} className="flex min-h-6 items-center gap-2">
            <input
              type="checkbox"
              checked={chosen.includes(method)}
              onChange={() => onToggle(method)}
              className="size-4 accent-accent"
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
