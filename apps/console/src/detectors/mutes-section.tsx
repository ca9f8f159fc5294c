import type { DetectorOnWire, MuteOnWire } from 'latchkey/client'
import { type ReactNode, useRef } from 'react'
import { removeMute } from '../api/alerts.ts'
import { actorText } from '../audit/actor-words.ts'
import { UserLink } from '../links/user-link.tsx'
import { Outdated } from '../live/outdated.tsx'
import { calendarDay } from '../moment/exact-moment.ts'
import { Moment } from '../moment/moment.tsx'
import { useNow } from '../moment/use-now.ts'
import { announce } from '../primitives/announcer.tsx'
import { Badge } from '../primitives/badge.tsx'
import { Button } from '../primitives/button.tsx'
import { Card, Failed, Loading } from '../primitives/card.tsx'
import { useAttempt } from '../primitives/use-attempt.ts'
import { useRowFocus } from '../primitives/use-row-focus.ts'
import { useMutes, useMutesChanged } from './use-detectors.ts'

interface MutesSectionProps {
  /** For their titles. */
  detectors: readonly DetectorOnWire[]
}

/** Findings that nobody wants to hear of. */
export function MutesSection({ detectors }: MutesSectionProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null)
  const result = useMutes()
  const mutes = result.data?.mutes ?? []
  const { listRef } = useRowFocus(
    mutes.map(({ id }) => id),
    heading,
  )
  if (result.isPending) return <Loading words="Loading the mutes…" />
  if (!result.data) return <Failed what="The mutes" result={result} />
  return (
    <Card
      id="mutes"
      title="Mutes"
      lead="Findings that open no alert and have no response. Mute from an alert, where it is clear what it is about."
      headingRef={heading}
    >
      <Outdated what="The list of mutes" results={[result]} />
      <div ref={listRef}>
        {mutes.length === 0 ? <p className="py-2.5 text-muted">Nothing is muted.</p> : null}
        {mutes.length > 0 ? (
          <ul aria-labelledby="mutes" className="divide-y divide-line">
            {mutes.map((mute) => (
              <Mute
                key={mute.id}
                mute={mute}
                title={detectors.find(({ name }) => name === mute.detector)?.title ?? mute.detector}
              />
            ))}
          </ul>
        ) : null}
      </div>
    </Card>
  )
}

function Mute({ mute, title }: { mute: MuteOnWire; title: string | null }): ReactNode {
  const now = useNow()
  const changed = useMutesChanged()
  const lift = (): Promise<void> => removeMute(mute.id).then(changed)
  const { state, failure, attempt } = useAttempt(lift, () => announce('The mute is lifted.'))
  const isOver = mute.until !== null && Date.parse(mute.until) <= now
  const what = muteText(mute, title)
  return (
    <li data-row={mute.id} className="flex items-start justify-between gap-4 py-3">
      <div className={`min-w-0 ${isOver ? 'text-muted' : ''}`}>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium wrap-anywhere">
          <span>
            <MutedWhat mute={mute} title={title} />
          </span>{' '}
          {isOver ? <Badge>Over</Badge> : null}
        </p>
        <p className="text-[0.8125rem] text-muted">
          {mute.until === null ? 'For ever' : `Until ${calendarDay(mute.until)}`} ·{' '}
          {actorText(mute.by, mute.by_label)}, <Moment at={mute.at} label="Set" />
        </p>
        <MuteNote note={mute.note} />
        {failure ? (
          <p role="alert" className="text-[0.8125rem] text-danger-text">
            {failure}
          </p>
        ) : null}
      </div>
      <Button
        size="small"
        aria-label={`Lift the mute: ${what}`}
        busy={state === 'busy' ? 'Lifting…' : null}
        onClick={() => void attempt()}
      >
        Lift
      </Button>
    </li>
  )
}

function MuteNote({ note }: Pick<MuteOnWire, 'note'>): ReactNode {
  if (!note) return null
  return (
    <p dir="auto" className="text-[0.8125rem] text-pretty wrap-anywhere">
      {note}
    </p>
  )
}

/** What `muteText` says, with the user's name as a link. */
function MutedWhat({ mute, title }: { mute: MuteOnWire; title: string | null }): ReactNode {
  const { user_id: userId, user_label: label } = mute
  const [before, after] = muteText(mute, title).split(`of ${label ?? userId}`)
  if (userId === null || after === undefined) return muteText(mute, title)
  return (
    <>
      {before}of <UserLink userId={userId}>{label ?? userId}</UserLink>
      {after}
    </>
  )
}

/** `Impossible travel, of ada@example.com`; every condition must hold. */
function muteText(mute: MuteOnWire, title: string | null): string {
  const whose = [
    mute.user_id === null ? null : `of ${mute.user_label ?? mute.user_id}`,
    mute.device_id === null ? null : `on the device ${mute.device_id}`,
    mute.network === null ? null : `in the network AS${mute.network}`,
  ].filter((part) => part !== null)
  return [title ?? 'Every detector', ...(whose.length === 0 ? ['of everybody'] : whose)].join(', ')
}
