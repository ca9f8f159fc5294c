import { type Actor, type Alert, after, days, type Instant, type Sessions } from 'latchkey'
import type { SavedFilterStore } from '../accounts/saved-filter-store.ts'

/** Whose doing it is, and what with. */
export interface DemoTending {
  readonly sessions: Sessions
  readonly savedFilters: SavedFilterStore
  /** The account that looks after alerts. */
  readonly administrator: string
  readonly at: Instant
}

const mostLookedAt = 200
const [mostSaved, savedFilters] = [
  100,
  [
    { name: 'Phones abroad', filter: 'type:mobile state:live -country:NO,SE' },
    { name: 'Not used for a month', filter: 'state:live active:>30d' },
    { name: 'At risk', filter: 'state:live risk:medium' },
  ],
] as const

/** Has an administrator do a morning's work: some alerts are looked into, the rest is left for whoever looks at the demonstration. */
export async function tendAlerts(tending: DemoTending): Promise<void> {
  const { sessions, administrator, at } = tending
  const { items } = await sessions.listAlerts(
    { states: ['open'], severities: ['low', 'medium', 'high'] },
    { cursor: null, limit: mostLookedAt },
  )
  const by: Actor = `admin:${administrator}`
  const of = (detector: string): readonly Alert[] => items.filter((alert) => alert.detector === detector)
  for (const alert of of('programmatic-client').slice(0, 1)) {
    const note = 'Asked them: they use no scripts. Their computer is being looked at.'
    await sessions.changeAlert(alert.id, { state: 'acknowledged', assignee: administrator, note }, { by })
  }
  for (const alert of of('dormant-account').slice(0, 1)) {
    const note = 'Back from parental leave, with a new phone.'
    await sessions.changeAlert(alert.id, { state: 'resolved', note }, { by })
  }
  await muteShared(tending, of('shared-device'), by)
  for (const alert of of('impossible-travel').slice(-1)) {
    const own = { by: `user:${alert.userId ?? ''}` as const, ...(alert.userId && { ofUser: alert.userId }) }
    await sessions.answerAlert(alert.id, 'me', own)
  }
  await endBurst(tending, of('session-burst'), by)
  for (const saved of savedFilters) {
    await tending.savedFilters.put(administrator, { ...saved, createdAt: at }, mostSaved)
  }
}

/** A tablet at a reception is meant to be shared. */
async function muteShared({ sessions, at }: DemoTending, alerts: readonly Alert[], by: Actor): Promise<void> {
  for (const { id } of alerts) {
    const note = 'The tablet at the reception.'
    await sessions.changeAlert(id, { state: 'false-alarm', note }, { by })
  }
  const [{ detector, deviceId } = {}] = alerts
  if (detector === undefined || deviceId === undefined) return
  const note = 'The tablet at the reception is meant to be shared.'
  await sessions.addMute({ detector, deviceId, until: after(at, days(90)), note }, { by })
}

/** Whoever signed in so often has to go: everything that is live from that network ends at once. */
async function endBurst({ sessions }: DemoTending, alerts: readonly Alert[], by: Actor): Promise<void> {
  const [alert] = alerts
  if (alert === undefined || alert.userId === null) return
  const filter = `user:"${alert.userId}" state:live`
  const { count } = await sessions.previewBulkEnding(filter)
  const note = 'A stolen password, tried from a hosting network.'
  await sessions.startBulkEnding({ filter, expected: count, note }, { by })
  await sessions.runBulkEndings()
  await sessions.changeAlert(
    alert.id,
    { state: 'resolved', assignee: by.slice('admin:'.length), note },
    { by },
  )
}
