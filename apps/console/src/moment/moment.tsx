import type { ReactNode } from 'react'
import { Tip } from '../primitives/tip.tsx'
import { exactMoment } from './exact-moment.ts'
import { relativeMoment } from './relative-moment.ts'
import { useNow } from './use-now.ts'

interface MomentProps {
  readonly at: string
  /** Before the exact time in the tip and for screen readers: `Expires`. */
  readonly label?: string
  /** After it: `, because of the rule admins`. */
  readonly reason?: string
  readonly tense?: 'past' | 'future'
}

/** A moment in relative words; exact on hover and for screen readers. */
export function Moment({ at, label, reason = '', tense = 'past' }: MomentProps): ReactNode {
  const now = useNow()
  const exact = `${exactMoment(at)}${reason}`
  return (
    <Tip text={label ? `${label} ${exact}` : exact}>
      <time dateTime={at}>
        {relativeMoment(Date.parse(at), now, tense)}
        <span className="sr-only"> ({exact})</span>
      </time>
    </Tip>
  )
}
