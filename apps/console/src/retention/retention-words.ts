import type { RetentionResponse } from 'latchkey/client'
import { counted, countText } from '../numbers/number-text.ts'

export type RetentionKind = RetentionResponse['kinds'][number]

const names: Record<RetentionKind['kind'], { title: string; one: string; many: string; note: string }> = {
  sessions: { title: 'Sessions that are over', one: 'session', many: 'sessions', note: 'Since they ended.' },
  events: {
    title: 'Events: the audit log',
    one: 'event',
    many: 'events',
    note: 'One log for both. None goes before reports and detectors have read it.',
  },
  alerts: {
    title: 'Alerts that are dealt with',
    one: 'alert',
    many: 'alerts',
    note: 'Open ones stay, however old they are.',
  },
  'rollup-hours': {
    title: 'Reports by the hour',
    one: 'number',
    many: 'numbers',
    note: 'Days are kept longer.',
  },
  'rollup-days': { title: 'Reports by the day', one: 'number', many: 'numbers', note: 'They name nobody.' },
  histories: {
    title: 'What is usual for a user',
    one: 'history',
    many: 'histories',
    note: 'Since the last sign-in; what detectors compare with.',
  },
  'bulk-endings': { title: 'Bulk endings', one: 'job', many: 'jobs', note: 'Since they finished.' },
}

export function retentionTitle(kind: RetentionKind['kind']): string {
  return names[kind]?.title ?? kind
}

export function retentionNote(kind: RetentionKind['kind']): string {
  return names[kind]?.note ?? ''
}

/** `30 days`, `18 hours`; a period of retention is told in the greatest whole unit. */
export function periodText(seconds: number | null): string {
  if (seconds === null) return 'For ever'
  const day = 86_400
  if (seconds % day === 0) return counted(seconds / day, 'day')
  if (seconds % 3_600 === 0) return counted(seconds / 3_600, 'hour')
  return counted(Math.round(seconds / 60), 'minute')
}

/** `1,204 sessions`, `at least 10,000 events`, `Nothing`. */
export function wouldForgetText({ kind, would_forget: count, is_least: isLeast }: RetentionKind): string {
  const { one, many } = names[kind] ?? { one: 'item', many: 'items' }
  if (count === 0) return 'Nothing'
  return isLeast ? `At least ${countText(count)} ${many}` : counted(count, one, many)
}
