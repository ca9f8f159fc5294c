import type { PolicyPreset } from 'latchkey/client'
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Badge } from '../primitives/badge.tsx'
import { Card } from '../primitives/card.tsx'
import { TermsTable } from './terms-table.tsx'

interface PresetsSectionProps {
  presets: readonly PolicyPreset[]
  /** The name of the one that the settings name; null for none. */
  inUse: string | null
}

/** The policies that come along. */
export function PresetsSection({ presets, inUse }: PresetsSectionProps): ReactNode {
  return (
    <Card
      id="presets"
      title="Presets"
      lead={
        <>
          Name one in <code className="text-ink">LATCHKEY_POLICY_PRESET</code>; single settings win over it.
        </>
      }
    >
      <div className="divide-y divide-line">
        {presets.map(({ name, title, terms }) => (
          <details key={name} className="group/preset py-1">
            <summary className="flex list-none items-center gap-2 rounded-md py-2 font-medium">
              <ChevronRight aria-hidden className="size-4 shrink-0 text-muted group-open/preset:rotate-90" />
              <span className="min-w-0">
                {title} <code className="ml-1 text-xs font-normal text-muted">{name}</code>
              </span>
              {name === inUse ? <Badge look="accent">In use</Badge> : null}
            </summary>
            <div className="pb-2 sm:pl-6">
              <TermsTable name={`Terms of ${title}`} terms={terms} />
            </div>
          </details>
        ))}
      </div>
    </Card>
  )
}
