import { stringify } from 'csv-stringify/sync'

/**
 * Lines of CSV (RFC 4180), each ended. A spreadsheet takes what begins with = + - @ for a formula (OWASP, CSV injection), and
 * names of users and browsers come from strangers: such cells have an apostrophe before them.
 */
export function csvText(rows: readonly (readonly (string | number | null)[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { escape_formulas: true, record_delimiter: '\r\n' },
  )
}
