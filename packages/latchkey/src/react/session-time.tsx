import type { ReactElement } from 'react'
import { exactTime, relativeTime } from './relative-time.ts'

interface SessionTimeProps {
  /** ISO 8601. */
  readonly at: string
  /** In milliseconds. */
  readonly now: number
  readonly locale: string | undefined
  /** What is said for less than a minute. */
  readonly justNow: string
}

/** A time as people say it, exact when pointed at. */
export function SessionTime({ at, now, locale, justNow }: SessionTimeProps): ReactElement {
  const time = Date.parse(at)
  if (Number.isNaN(time)) return <span>{at}</span>
  return (
    <time dateTime={at} title={exactTime(time, locale)}>
      {relativeTime(time, now, locale) ?? justNow}
    </time>
  )
}
