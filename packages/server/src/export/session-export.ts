import type { ManagedSession } from 'latchkey/http'
import { csvText } from './csv-text.ts'

/** In which forms sessions leave as a file. */
export const exportFormats = ['csv', 'json', 'ndjson'] as const
/** One of {@link exportFormats}. */
export type ExportFormat = (typeof exportFormats)[number]

/** What a form is called on the wire. */
export const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
}

/** One page after the other; `next` of the last one is null. */
export type ReadPage = (cursor: string | null) => Promise<{
  readonly sessions: readonly ManagedSession[]
  readonly next: string | null
}>

/** The text of an export, a page at a time: the next one is read when the text before it is taken. */
export async function* exportedText(read: ReadPage, format: ExportFormat): AsyncGenerator<string, void> {
  let cursor: string | null = null
  let isFirst = true
  do {
    const page: Awaited<ReturnType<ReadPage>> = await read(cursor)
    const text = writers[format](page.sessions, isFirst)
    if (text !== '') yield text
    isFirst = isFirst && page.sessions.length === 0 && format === 'json'
    cursor = page.next
  } while (cursor !== null)
  if (format === 'json') yield isFirst ? '{"sessions":[]}\n' : ']}\n'
}

type Write = (sessions: readonly ManagedSession[], isFirst: boolean) => string

const writers: Readonly<Record<ExportFormat, Write>> = {
  csv: (sessions, isFirst) => csvText([...(isFirst ? [columns] : []), ...sessions.map(row)]),
  json: (sessions, isFirst) => {
    const text = sessions.map((session) => JSON.stringify(session)).join(',\n')
    return text === '' ? '' : `${isFirst ? '{"sessions":[\n' : ',\n'}${text}`
  },
  ndjson: (sessions) => sessions.map((session) => `${JSON.stringify(session)}\n`).join(''),
}

/** In the order of the columns. */
const columns = [
  'id',
  'user_id',
  'user_label',
  'device_type',
  'browser',
  'browser_version',
  'os',
  'os_version',
  'location',
  'country',
  'network_asn',
  'network_name',
  'network_kind',
  'ip_address',
  'device_id',
  'created_at',
  'last_accessed',
  'expires_at',
  'is_active',
  'ended_at',
  'end_reason',
  'ended_by',
  'authenticated_at',
  'amr',
  'assurance_level',
  'roles',
  'device_trust',
] as const

type Cell = string | number | null

function row(session: ManagedSession): readonly Cell[] {
  const { device_info: device, network } = session
  const cells: Record<(typeof columns)[number], Cell> = {
    ...session,
    device_type: device.type,
    browser: device.browser,
    browser_version: device.browser_version,
    os: device.os,
    os_version: device.os_version,
    location: device.location,
    network_asn: network?.asn ?? null,
    network_name: network?.name ?? null,
    network_kind: network?.kind ?? null,
    is_active: String(session.is_active),
    amr: session.amr.join(' '),
    roles: session.roles.join(' '),
  }
  return columns.map((column) => cells[column])
}
