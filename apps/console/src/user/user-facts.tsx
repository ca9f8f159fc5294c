import type { UserOverviewResponse } from 'latchkey/client'
import type { ReactNode } from 'react'
import { AlertsLink } from '../links/alerts-link.tsx'
import { allOf, condition } from '../links/filter-text.ts'
import { ReportLink } from '../links/report-link.tsx'
import { Moment } from '../moment/moment.tsx'
import { counted, countText } from '../numbers/number-text.ts'
import { countryName } from '../places/country-name.ts'

const linkLook = 'rounded-sm underline decoration-edge underline-offset-4 hover:decoration-current'

/** The user in numbers. */
export function UserFacts({ user }: { user: UserOverviewResponse }): ReactNode {
  const { history } = user
  return (
    <div className="rounded-xl border border-line bg-surface px-4 py-4 shadow-raised sm:px-5">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-5">
        {factsOf(user).map(([name, value]) => (
          <div key={name} className="min-w-0">
            <dt className="text-[0.8125rem] text-muted">{name}</dt>
            <dd className="mt-0.5 text-lg/6 font-semibold tracking-[-0.01em] tabular-nums first-letter:uppercase">
              {value}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-[0.8125rem] text-pretty text-muted">
        {history.state === 'learning'
          ? 'Detectors know too little of this user to find anything odd: '
          : 'Detectors compare with '}
        {counted(history.sign_ins, 'sign-in')} on {counted(history.active_days, 'day')}
        {history.countries.length === 0 ? '' : `, from ${history.countries.map(countryName).join(', ')}`}.
      </p>
    </div>
  )
}

function factsOf(user: UserOverviewResponse): readonly (readonly [string, ReactNode])[] {
  const own = condition('user', user.user_id)
  return [
    [
      'Active now',
      <ReportLink key="active" target={{ to: 'sessions', filter: allOf(own, 'state:live') }}>
        {countText(user.active_sessions)}
      </ReportLink>,
    ],
    [
      'Sessions on record',
      <ReportLink key="all" target={{ to: 'sessions', filter: own }}>
        {countText(user.total_sessions)}
      </ReportLink>,
    ],
    [
      'Open alerts',
      <AlertsLink key="alerts" search={{ user_id: user.user_id }} className={linkLook}>
        {countText(user.open_alerts)}
      </AlertsLink>,
    ],
    ['First sign-in', user.first_seen ? <Moment key="first" at={user.first_seen} /> : 'None'],
    ['Last sign-in', user.last_seen ? <Moment key="last" at={user.last_seen} /> : 'None'],
  ]
}
