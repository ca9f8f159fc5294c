import { Counter, type Registry } from 'prom-client'

/** What became of mails since the start of the process. */
export interface CountedMails {
  readonly counts: { readonly sent: number; readonly failed: number }
}

/** Shows mails; none where nobody sends any. */
export function mailMetrics(registry: Registry, mails: CountedMails | null): void {
  new Counter({
    name: 'latchkey_mails_total',
    help: 'Mails to users and administrators, by what became of them.',
    labelNames: ['outcome'],
    registers: [registry],
    collect() {
      const { sent, failed } = mails?.counts ?? { sent: 0, failed: 0 }
      this.reset()
      this.inc({ outcome: 'sent' }, sent)
      this.inc({ outcome: 'failed' }, failed)
    },
  })
}
