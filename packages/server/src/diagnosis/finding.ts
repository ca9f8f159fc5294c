/** What `latchkey doctor` looks at, in the order in which it says so. */
export const checkNames = [
  'database',
  'keys',
  'data-keys',
  'clock',
  'cleanup',
  'deadlines',
  'counters',
  'reports',
  'addresses',
  'nodes',
  'policy',
  'cut-offs',
  'audit',
] as const

export type CheckName = (typeof checkNames)[number]

/** `skipped`: it could not be looked at, because something that failed before it stands in the way. */
type FindingStatus = 'ok' | 'warning' | 'failed' | 'skipped'

/** What one check found. */
export interface Finding {
  readonly check: CheckName
  readonly status: FindingStatus
  /** What was seen, as a sentence. */
  readonly saw: string
  /** What to do about it, as a sentence; null where there is nothing to do. */
  readonly mend: string | null
}

export function ok(check: CheckName, saw: string): Finding {
  return { check, status: 'ok', saw, mend: null }
}

export function warning(check: CheckName, saw: string, mend: string): Finding {
  return { check, status: 'warning', saw, mend }
}

export function failed(check: CheckName, saw: string, mend: string): Finding {
  return { check, status: 'failed', saw, mend }
}

export function skipped(check: CheckName, saw: string): Finding {
  return { check, status: 'skipped', saw, mend: null }
}

/** The worst of them; a check that was skipped has its cause among the others. */
export function worstStatus(findings: readonly Finding[]): 'ok' | 'warning' | 'failed' {
  const statuses = new Set(findings.map((finding) => finding.status))
  if (statuses.has('failed')) return 'failed'
  return statuses.has('warning') ? 'warning' : 'ok'
}
