import type { AlertOnWire, OverviewResponse } from 'latchkey/client'
import { ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { aboutWhom } from '../alerts/alert-words.ts'
import { Panel } from '../charts/panel.tsx'
import { AlertsLink } from '../links/alerts-link.tsx'
import { UserLink } from '../links/user-link.tsx'
import { Moment } from '../moment/moment.tsx'
import { countText } from '../numbers/number-text.ts'
import { SeverityBadge, severities } from '../severity/severity-badge.tsx'

const linkLook = 'rounded-sm underline decoration-edge underline-offset-4 hover:decoration-current'

/** As many as stand beside the chart without making a hole below it. */
const shown = 4

/** What waits for somebody to look at it. */
export function OpenAlertsPanel({ alerts }: { alerts: OverviewResponse['open_alerts'] }): ReactNode {
  return (
    <Panel
      title="Open alerts"
      action={<AlertsLink className={`text-[0.8125rem] text-muted ${linkLook}`}>All alerts</AlertsLink>}
    >
      {alerts.total === 0 ? (
        <p className="flex items-center gap-2.5 py-2 text-muted">
          <ShieldCheck aria-hidden className="size-4 shrink-0" />
          No alert is open.
        </p>
      ) : (
        <>
          <BySeverity counts={alerts.by_severity} />
          <ol aria-label="The newest alerts" className="mt-3 divide-y divide-line border-t border-line">
            {alerts.newest.slice(0, shown).map((alert) => (
              <NewAlert key={alert.id} alert={alert} />
            ))}
          </ol>
        </>
      )}
    </Panel>
  )
}

function BySeverity({ counts }: { counts: Readonly<Record<string, number>> }): ReactNode {
  const present = severities.filter((severity) => (counts[severity] ?? 0) > 0)
  return (
    <ul aria-label="By severity" className="flex flex-wrap gap-x-4 gap-y-2">
      {present.map((severity) => (
        <li key={severity}>
          <AlertsLink search={{ severity }} className={`inline-flex items-center gap-2 ${linkLook}`}>
            <SeverityBadge severity={severity} />
            <span className="font-medium tabular-nums">{countText(counts[severity] ?? 0)}</span>
          </AlertsLink>
        </li>
      ))}
    </ul>
  )
}

function NewAlert({ alert }: { alert: AlertOnWire }): ReactNode {
  return (
    <li className="py-2.5 last:pb-0">
      <div className="flex items-start justify-between gap-3">
        <AlertsLink search={{ alert: alert.id }} className={`min-w-0 font-medium ${linkLook}`}>
          {alert.title}
        </AlertsLink>
        <SeverityBadge severity={alert.severity} />
      </div>
      <p className="mt-0.5 text-[0.8125rem] text-pretty wrap-anywhere">{alert.reason}</p>
      <p className="text-xs/5 wrap-anywhere text-muted">
        {alert.user_id === null ? (
          aboutWhom(alert)
        ) : (
          <UserLink userId={alert.user_id}>{aboutWhom(alert)}</UserLink>
        )}{' '}
        · <Moment at={alert.last_at} />
      </p>
    </li>
  )
}
