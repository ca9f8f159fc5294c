import { type AuditVerification, toIso } from 'latchkey'
import type { AuditVerificationResponse } from 'latchkey/http'

type Broken = Extract<AuditVerification, { readonly kind: 'broken' }>

const nothing = { events: 0, since: null, unlinked: 0, head: null }

export function verificationOnWire(found: AuditVerification): AuditVerificationResponse {
  if (found.kind === 'broken') {
    const { first, last, fault } = found
    const broken = { first, last, fault }
    return { intact: false, message: faultInWords(found), ...nothing, broken }
  }
  const { events, unlinked, head, from } = found
  const since = from === null ? null : toIso(from)
  return { intact: true, message: intactInWords(found), events, since, unlinked, head, broken: null }
}

function intactInWords({
  events,
  unlinked,
  from,
}: Extract<AuditVerification, { readonly kind: 'intact' }>): string {
  if (from === null) return `The chain holds no entry yet; ${unlinked} wait for it.`
  const since = `The audit log is as it was written: ${events} entries since ${toIso(from)}`
  return unlinked === 0
    ? `${since}.`
    : `${since}, and ${unlinked} of the last seconds that the chain does not hold yet.`
}

function faultInWords({ fault, first, last }: Broken): string {
  const where = `positions ${first} to ${last}`
  switch (fault) {
    case 'altered':
      return `Entries at ${where} were changed, added or removed after they were written.`
    case 'links-missing':
      return `The chain has a gap at ${where}: links of it were removed.`
    case 'beginning-missing':
      return `The beginning of the log is missing up to position ${last}, and no retention took it.`
    case 'head-missing':
      return `The end of the log is not there that was there at an earlier check: position ${last}.`
  }
}
