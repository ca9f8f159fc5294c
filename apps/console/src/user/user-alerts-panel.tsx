import type { UseQueryResult } from '@tanstack/react-query'
import type { AlertOnWire, AlertStateOnWire, AlertsResponse } from 'latchkey/client'
import type { ReactNode } from 'react'
import { Panel } from '../charts/panel.tsx'
import { AlertsLink } from '../links/alerts-link.tsx'
import { Moment } from '../moment/moment.tsx'
import { SeverityBadge } from '../severity/severity-badge.tsx'
import { PartState } from './part-state.tsx'

const linkLook = 'rounded-sm underline decoration-edge underline-offset-4 hover:decoration-current'

const states: Record<AlertStateOnWire, string> = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  resolved: 'Resolved',
  'false-alarm': 'False alarm',
}

interface UserAlertsPanelProps {
  alerts: UseQueryResult<AlertsResponse>
  userId: string
}

/** What was noticed about the user. */
export function UserAlertsPanel({ alerts, userId }: UserAlertsPanelProps): ReactNode {
  const all = alerts.data?.alerts ?? []
  return (
    <Panel
      title="Alerts"
      lead="The newest first"
      action={
        <AlertsLink search={{ user_id: userId }} className={`text-[0.8125rem] text-muted ${linkLook}`}>
          Open ones
        </AlertsLink>
      }
    >
      <PartState what="alerts" result={alerts} isEmpty={all.length === 0} empty="Nothing was noticed." />
      <ol aria-label="Alerts" className="divide-y divide-line empty:hidden">
        {all.map((alert) => (
          <Alert key={alert.id} alert={alert} />
        ))}
      </ol>
    </Panel>
  )
}

function Alert({ alert }: { alert: AlertOnWire }): ReactNode {
  return (
    <li className="py-2.5 text-[0.8125rem]">
      <div className="flex items-start justify-between gap-3">
        <AlertsLink
          search={alert.state === 'open' ? { alert: alert.id } : { alert: alert.id, state: alert.state }}
          className={`min-w-0 font-medium ${linkLook}`}
        >
          {alert.title}
        </AlertsLink>
        <SeverityBadge severity={alert.severity} />
      </div>
      <p className="text-pretty wrap-anywhere">{alert.reason}</p>
      <p className="text-xs/5 text-muted">
        {states[alert.state]} · <Moment at={alert.last_at} />
      </p>
    </li>
  )
}
