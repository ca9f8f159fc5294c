import { Link } from '@tanstack/react-router'
import {
  ChartLine,
  HeartPulse,
  LayoutDashboard,
  List,
  type LucideIcon,
  Radar,
  Scale,
  ScrollText,
  Shield,
  ShieldAlert,
} from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { useMe } from './use-me.ts'

interface Place {
  readonly name: string
  readonly to:
    | '/settings/security'
    | '/admin/overview'
    | '/admin/analytics'
    | '/admin/health'
    | '/admin/sessions'
    | '/admin/alerts'
    | '/admin/detectors'
    | '/admin/policy'
    | '/admin/audit'
  readonly icon: LucideIcon
}

const settings: Place[] = [{ name: 'Security', to: '/settings/security', icon: Shield }]
const monitoring: Place[] = [
  { name: 'Overview', to: '/admin/overview', icon: LayoutDashboard },
  { name: 'Alerts', to: '/admin/alerts', icon: ShieldAlert },
  { name: 'Analytics', to: '/admin/analytics', icon: ChartLine },
  { name: 'Health', to: '/admin/health', icon: HeartPulse },
]
const administration: Place[] = [
  { name: 'Sessions', to: '/admin/sessions', icon: List },
  { name: 'Detectors', to: '/admin/detectors', icon: Radar },
  { name: 'Policy', to: '/admin/policy', icon: Scale },
  { name: 'Audit log', to: '/admin/audit', icon: ScrollText },
]

export function Navigation({ onNavigate }: { onNavigate?: () => void }): ReactNode {
  const { user } = useMe()
  return (
    <nav aria-label="Main" className="space-y-6">
      {user.role === 'admin' ? (
        <>
          <PlaceGroup name="Monitoring" places={monitoring} onNavigate={onNavigate} />
          <PlaceGroup name="Administration" places={administration} onNavigate={onNavigate} />
        </>
      ) : null}
      <PlaceGroup name="Settings" places={settings} onNavigate={onNavigate} />
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
