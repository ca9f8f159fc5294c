import type { UserDevice } from 'latchkey/client'
import { ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { briefMoment } from '../moment/brief-moment.ts'
import { exactMoment } from '../moment/exact-moment.ts'
import { useNow } from '../moment/use-now.ts'
import { Badge } from '../primitives/badge.tsx'
import { Tip } from '../primitives/tip.tsx'

/** Until when its user trusts the device; nothing where they do not. */
export function TrustBadge({ device }: { device: UserDevice | null }): ReactNode {
  const now = useNow()
  const until = device?.trusted_until ?? null
  if (until === null || Date.parse(until) <= now) return null
  return (
    <Tip text={`Trusted until ${exactMoment(until)}`}>
      <span className="inline-flex">
        <Badge>
          <ShieldCheck aria-hidden className="-ml-0.5 mr-1 size-3.5" />
          Trusted until {briefMoment(Date.parse(until), now)}
        </Badge>
      </span>
    </Tip>
  )
}
