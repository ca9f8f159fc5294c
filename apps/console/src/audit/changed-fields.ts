import type { AuditEntry } from 'latchkey/client'

interface ChangedField {
  readonly name: string
  readonly before: string
  readonly after: string
}

/** What an entry says of before and after, field by field; a dash where it says nothing. */
export function changedFields({ before, after }: Pick<AuditEntry, 'before' | 'after'>): ChangedField[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  return [...names].map((name) => ({
    name,
    before: valueText(before?.[name]),
    after: valueText(after?.[name]),
  }))
}

function valueText(value: unknown): string {
  if (value === undefined) return '—'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
