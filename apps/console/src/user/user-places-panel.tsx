import type { UserOverviewResponse } from 'latchkey/client'
import { type ReactNode, useMemo } from 'react'
import { Panel } from '../charts/panel.tsx'
import { allOf, condition } from '../links/filter-text.ts'
import { ReportLink } from '../links/report-link.tsx'
import { useFollow } from '../links/use-follow.ts'
import { Moment } from '../moment/moment.tsx'
import { counted } from '../numbers/number-text.ts'
import { countryName } from '../places/country-name.ts'
import { LazyWorldMap } from '../world-map/lazy-world-map.tsx'

/** Where the user signed in from, on a map and as a list. */
export function UserPlacesPanel({ user }: { user: UserOverviewResponse }): ReactNode {
  const follow = useFollow()
  const { user_id: id, places } = user
  const ofCountry = (code: string): string => allOf(condition('user', id), condition('country', code))
  const counts = useMemo(() => {
    const sums = new Map<string, number>()
    for (const { country, sessions } of places) {
      if (country !== null) sums.set(country, (sums.get(country) ?? 0) + sessions)
    }
    return sums
  }, [places])
  const spots = useMemo(
    () =>
      places.flatMap(({ latitude, longitude }) =>
        latitude === null || longitude === null ? [] : [{ latitude, longitude }],
      ),
    [places],
  )
  return (
    <Panel title="Places" lead="Where sessions on record were signed in to">
      {places.length === 0 ? (
        <p className="py-1 text-[0.8125rem] text-muted">None is known.</p>
      ) : (
        <div className="grid gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          <LazyWorldMap
            name="Sessions by country"
            counts={counts}
            spots={spots}
            onFollow={(code) => follow({ to: 'sessions', filter: ofCountry(code) })}
          />
          <PlaceList places={places} ofCountry={ofCountry} />
        </div>
      )}
    </Panel>
  )
}

interface PlaceListProps extends Pick<UserOverviewResponse, 'places'> {
  ofCountry: (code: string) => string
}

function PlaceList({ places, ofCountry }: PlaceListProps): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section tabIndex={0} aria-label="Places as a list" className="max-h-80 overflow-y-auto pr-2">
      <ul aria-label="Places" className="divide-y divide-line text-[0.8125rem]">
        {places.map(({ country, location, sessions, last_seen: last }) => (
          <li key={`${country} ${location}`} className="py-2 first:pt-0">
            <ReportLink target={country === null ? null : { to: 'sessions', filter: ofCountry(country) }}>
              {location ?? countryName(country) ?? 'Unknown place'}
            </ReportLink>
            <span className="block text-xs/5 text-muted">
              {counted(sessions, 'session')}, last <Moment at={last} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
