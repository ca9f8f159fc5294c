import { Link } from '@tanstack/react-router'
import { List, type LucideIcon, Scale, ScrollText, Shield } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { useMe } from './use-me.ts'

interface Place {
  readonly name: string
  readonly to: '/settings/security' | '/admin/sessions' | '/admin/policy' | '/admin/audit'
  readonly icon: LucideIcon
}

const settings: Place[] = [{ name: 'Security', to: '/settings/security', icon: Shield }]
const administration: Place[] = [
  { name: 'Sessions', to: '/admin/sessions', icon: List },
  { name: 'Policy', to: '/admin/policy', icon: Scale },
  { name: 'Audit log', to: '/admin/audit', icon: ScrollText },
]

export function Navigation({ onNavigate }: { onNavigate?: () => void }): ReactNode {
  const { user } = useMe()
  return (
    <nav aria-label="Main" className="space-y-6">
      <PlaceGroup name="Settings" places={settings} onNavigate={onNavigate} />
      {user.role === 'admin' ? (
        <PlaceGroup name="Administration" places={administration} onNavigate={onNavigate} />
      ) : null}
    </nav>
  )
}

interface PlaceGroupProps {
  name: string
  places: readonly Place[]
  onNavigate: (() => void) | undefined
}

function PlaceGroup({ name, places, onNavigate }: PlaceGroupProps): ReactNode {
  const id = useId()
  return (
    <div>
      <p id={id} className="px-2.5 pb-1.5 text-xs font-medium text-muted">
        {name}
      </p>
      <ul aria-labelledby={id} className="space-y-0.5">
        {places.map(({ name: placeName, to, icon: Icon }) => (
          <li key={to}>
            <Link
              to={to}
              {...(onNavigate ? { onClick: onNavigate } : {})}
              className="flex h-9 items-center gap-2.5 rounded-lg px-2.5 font-medium text-muted transition-colors hover:bg-sunken hover:text-ink data-[status=active]:bg-sunken data-[status=active]:text-ink"
            >
              <Icon aria-hidden className="size-4" />
              {placeName}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
