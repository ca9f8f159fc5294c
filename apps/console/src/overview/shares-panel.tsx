import type { AnalyticsGroup, AnalyticsShare, OverviewResponse } from 'latchkey/client'
import type { ReactNode } from 'react'
import { Panel } from '../charts/panel.tsx'
import { type Share, ShareList } from '../charts/share-list.tsx'
import { sharesOf, sumOf } from '../charts/share-names.ts'

/** The longest of the three lists; the rest is one line. */
const shown = 6

/** On what people signed in. */
export function SharesPanel({ overview }: { overview: OverviewResponse }): ReactNode {
  const lists: readonly (readonly [string, AnalyticsGroup, readonly AnalyticsShare[]])[] = [
    ['Devices', 'device_type', overview.device_types],
    ['Browsers', 'browser', overview.browsers],
    ['Systems', 'os', overview.operating_systems],
  ]
  return (
    <div className="grid gap-4 md:grid-cols-3">
      {lists.map(([title, group, shares]) => (
        <Panel key={group} title={title} lead="Sign-ins of the last 24 hours">
          <ShareList name={title} shares={firstOf(group, sharesOf(group, shares))} total={sumOf(shares)} />
        </Panel>
      ))}
    </div>
  )
}

/** The greatest, and all that is left as one. */
function firstOf(groupBy: AnalyticsGroup, shares: readonly Share[]): Share[] {
  if (shares.length <= shown) return [...shares]
  const rest = shares.slice(shown - 1)
  const count = rest.reduce((sum, share) => sum + share.count, 0)
  return [
    ...shares.slice(0, shown - 1),
    {
      key: 'all others',
      name: `${rest.length} others`,
      count,
      before: null,
      target: { to: 'analytics', groupBy },
    },
  ]
}
