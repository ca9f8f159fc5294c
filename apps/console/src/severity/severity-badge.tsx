import type { SeverityOnWire } from 'latchkey/client'
import { ChevronDown, ChevronsUp, ChevronUp, Info, type LucideIcon, Minus, OctagonAlert } from 'lucide-react'
import type { ReactNode } from 'react'

const looks: Record<SeverityOnWire, { name: string; icon: LucideIcon; look: string }> = {
  critical: { name: 'Critical', icon: OctagonAlert, look: 'bg-danger text-white' },
  high: { name: 'High', icon: ChevronsUp, look: 'bg-danger-soft text-danger-text' },
  medium: { name: 'Medium', icon: ChevronUp, look: 'bg-warning-soft text-warning-text' },
  low: { name: 'Low', icon: ChevronDown, look: 'bg-sunken text-muted' },
  info: { name: 'Info', icon: Info, look: 'bg-sunken text-muted' },
}

/** The greatest first. */
export const severities: readonly SeverityOnWire[] = ['critical', 'high', 'medium', 'low', 'info']

export function severityName(severity: SeverityOnWire): string {
  return looks[severity]?.name ?? severity
}

/** How much an alert matters: by its word, its sign and its colour. */
export function SeverityBadge({ severity }: { severity: SeverityOnWire }): ReactNode {
  const { name, icon: Icon, look } = looks[severity] ?? { name: severity, icon: Minus, look: 'bg-sunken' }
  return (
    <span
      className={`inline-flex h-5 items-center gap-1 rounded-full border border-transparent pr-2 pl-1.5 text-xs font-medium whitespace-nowrap ${look}`}
    >
      <Icon aria-hidden className="size-3" strokeWidth={2.4} />
      {name}
    </span>
  )
}
