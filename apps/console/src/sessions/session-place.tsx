import type { ManagedSession } from 'latchkey/client'
import type { ReactNode } from 'react'
import { countryName } from '../places/country-name.ts'
import { networkText } from '../places/network-text.ts'
import { Badge } from '../primitives/badge.tsx'

/** Where it was signed in to: the place, or its country where no more is known, the address and whose network that is. */
export function SessionPlace({ session }: { session: ManagedSession }): ReactNode {
  const place = session.device_info.location ?? countryName(session.country)
  const address = session.ip_address
  const { name: network, mark } = networkText(session.network)
  if (!place && !address && !network && !mark) return <span className="text-muted">Unknown</span>
  return (
    <>
      {place ? (
        <span className="block truncate" title={place}>
          {place}
        </span>
      ) : null}
      {address ? (
        <span className={`block break-all ${place ? 'text-xs/5 text-muted' : ''}`}>{address}</span>
      ) : null}
      {network || mark ? (
        <span className="flex flex-wrap items-center gap-x-1.5 text-xs/5 text-muted">
          {network ? <span className="min-w-0 wrap-anywhere">{network}</span> : null}
          {mark ? <Badge>{mark}</Badge> : null}
        </span>
      ) : null}
    </>
  )
}
