import type { ManagedSession } from 'latchkey/client'
import type { ReactNode } from 'react'

export function SessionPlace({ session }: { session: ManagedSession }): ReactNode {
  const { location } = session.device_info
  const address = session.ip_address
  if (!location && !address) return <span className="text-muted">Unknown</span>
  return (
    <>
      {location ? (
        <span className="block truncate" title={location}>
          {location}
        </span>
      ) : null}
      {address ? (
        <span className={`block break-all ${location ? 'text-xs/5 text-muted' : ''}`}>{address}</span>
      ) : null}
    </>
  )
}
