import { type Actor, systemActor } from '../../model/session.ts'
import { devicesOf, type Records } from './records.ts'

/** What detectors know of the user and what was found of them goes; what they did to others stays and names nobody. Before their devices are gone. */
export function forgetDetection(records: Records, userId: string): void {
  const own: readonly Actor[] = [`user:${userId}`, `admin:${userId}`]
  const unnamed = (by: Actor): Actor => (own.includes(by) ? systemActor : by)
  const deviceIds = new Set(devicesOf(records, userId).map(({ id }) => id))
  records.histories.delete(userId)
  for (const [id, alert] of records.alerts) {
    const assignee = alert.assignee === userId ? null : alert.assignee
    const notes = alert.notes.map((note) => ({ ...note, by: unnamed(note.by) }))
    if (alert.userId === userId) records.alerts.delete(id)
    else records.alerts.set(id, { ...alert, assignee, notes })
  }
  for (const [id, mute] of records.mutes) {
    const isTheirs = mute.userId === userId || (mute.deviceId !== null && deviceIds.has(mute.deviceId))
    if (isTheirs) records.mutes.delete(id)
    else records.mutes.set(id, { ...mute, by: unnamed(mute.by) })
  }
  for (const [id, job] of records.bulkEndings) records.bulkEndings.set(id, { ...job, by: unnamed(job.by) })
}
