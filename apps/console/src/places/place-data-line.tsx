import { useQuery } from '@tanstack/react-query'
import type { PlaceDataOnWire } from 'latchkey/client'
import type { ReactNode } from 'react'
import { sessionService } from '../api/session-service.ts'

/** Whose data the places on the page come from, as their licences ask; nothing where places are not looked at. */
export function PlaceDataLine(): ReactNode {
  const { data } = useQuery({
    queryKey: ['place-data'],
    queryFn: ({ signal }) => sessionService.getPlaceData({ activity: 'background', signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!data || data.level === 'off' || data.sources.length === 0) return null
  return (
    <footer className="text-xs/5 text-pretty text-muted">
      <p>Places are estimated from network addresses, and can be wrong.</p>
      <ul>
        {data.sources.map((source) => (
          <li key={source.name}>
            <Source source={source} />
          </li>
        ))}
      </ul>
    </footer>
  )
}

function Source({ source }: { source: PlaceDataOnWire }): ReactNode {
  const { name, licence, attribution, url } = source
  const label = attribution ?? name
  return (
    <>
      {isWebAddress(url) ? (
        <a
          href={url}
          target="_blank"
          rel="noreferrer"
          className="underline underline-offset-2 hover:text-ink"
        >
          {label}
        </a>
      ) : (
        label
      )}
      {' · '}
      {licence}
    </>
  )
}

/** What an operator's own data says of itself becomes no link that runs anything. */
function isWebAddress(url: string | null): url is string {
  return url !== null && /^https?:\/\//i.test(url)
}
