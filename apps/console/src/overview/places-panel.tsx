import type { AnalyticsShare } from 'latchkey/client'
import { type ReactNode, useMemo } from 'react'
import { Panel } from '../charts/panel.tsx'
import { ShareList } from '../charts/share-list.tsx'
import { sharesOf, sumOf } from '../charts/share-names.ts'
import { condition } from '../links/filter-text.ts'
import { useFollow } from '../links/use-follow.ts'
import { LazyWorldMap } from '../world-map/lazy-world-map.tsx'

/** Where people signed in, on a map and as a list. */
export function PlacesPanel({ countries }: { countries: readonly AnalyticsShare[] }): ReactNode {
  const follow = useFollow()
  const counts = useMemo(() => new Map(countries.map(({ value, created }) => [value, created])), [countries])
  function goTo(code: string): void {
    const filter = countries.find(({ value }) => value === code)?.filter ?? condition('country', code)
    follow({ to: 'sessions', filter })
  }
  return (
    <Panel title="Where" lead="Sign-ins of the last 24 hours, by country">
      <div className="grid gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,2.2fr)_minmax(0,1fr)]">
        <LazyWorldMap name="Sign-ins by country" counts={counts} onFollow={goTo} />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
        <section tabIndex={0} aria-label="Countries" className="max-h-80 overflow-y-auto pr-2">
          <ShareList
            name="Sign-ins by country"
            shares={sharesOf('country', countries)}
            total={sumOf(countries)}
          />
        </section>
      </div>
    </Panel>
  )
}
