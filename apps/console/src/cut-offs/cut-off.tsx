import type { CutOffOnWire } from 'latchkey/client'
import type { ReactNode } from 'react'
import { actorText } from '../audit/actor-words.ts'
import { UserLink } from '../links/user-link.tsx'
import { exactMoment } from '../moment/exact-moment.ts'
import { Moment } from '../moment/moment.tsx'
import { Badge } from '../primitives/badge.tsx'
import { Button } from '../primitives/button.tsx'

interface CutOffProps {
  cutOff: CutOffOnWire
  /** Of whom, and how they are called. */
  onEnable: (userId: string, name: string) => void
}

/** One cut-off: of whom, until when, by whom and why. */
export function CutOff({ cutOff, onEnable }: CutOffProps): ReactNode {
  const { not_before: notBefore, user_id: userId, user_label: userLabel, note } = cutOff
  const name = userLabel ?? userId ?? ''
  const whose = whoseText(cutOff)
  return (
    <li className="flex items-start justify-between gap-4 py-3">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium wrap-anywhere" title={userId ?? undefined}>
            {userId === null ? whose : <UserLink userId={userId}>{whose}</UserLink>}
          </span>
          {notBefore === null ? <Badge>Disabled</Badge> : null}
        </p>
        <p className="text-[0.8125rem] text-pretty wrap-anywhere text-muted">
          {notBefore === null
            ? 'No session and no new one'
            : `Sessions created until ${exactMoment(notBefore)}`}
          {' · '}
          <span title={cutOff.by}>{actorText(cutOff.by, cutOff.by_label)}</span>
          {', '}
          <Moment at={cutOff.set_at} label="Set" />
        </p>
        {note ? (
          <p dir="auto" className="mt-0.5 text-[0.8125rem] text-pretty wrap-anywhere">
            {note}
          </p>
        ) : null}
      </div>
      {notBefore === null && userId !== null ? (
        <Button size="small" aria-label={`Enable ${name}`} onClick={() => onEnable(userId, name)}>
          Enable
        </Button>
      ) : null}
    </li>
  )
}

function whoseText({ scope, user_id: id, user_label: label, device_id: deviceId }: CutOffOnWire): string {
  if (scope === 'everybody') return 'Everybody'
  const user = label ?? `user ${id}`
  if (scope === 'device') return `Device ${deviceId} of ${user}`
  return label ?? `User ${id}`
}
