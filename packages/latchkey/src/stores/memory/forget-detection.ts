import { type Actor, systemActor } from '../../model/session.ts'
import { devicesOf, type Records } from './records.ts'

/**
 * What detectors know of the user and what was found of them goes; what they did to others stays and names nobody. What has a
 * version gets the next one: who has read it before must not write them back. Before their devices are gone.
 */
export function forgetDetection(records: Records, userId: string): void {
  const own: readonly Actor[] = [`user:${userId}`, `admin:${userId}`]
  const unnamed = (by: Actor): Actor => (own.includes(by) ? systemActor : by)
  const deviceIds = new Set(devicesOf(records, userId).map(({ id }) => id))
  records.histories.delete(userId)
  for (const [id, alert] of records.alerts) {
    const assignee = alert.assignee === userId ? null : alert.assignee
    const isNoted = alert.notes.some(({ by }) => own.includes(by))
    const notes = alert.notes.map((note) => ({ ...note, by: unnamed(note.by) }))
    if (alert.userId === userId) records.alerts.delete(id)
    else if (isNoted || assignee !== alert.assignee)
      records.alerts.set(id, { ...alert, assignee, notes, version: alert.version + 1 })
  }
  for (const [id, mute] of records.mutes) {
    const isTheirs = mute.userId === userId || (mute.deviceId !== null && deviceIds.has(mute.deviceId))
    if (isTheirs) records.mutes.delete(id)
    else records.mutes.set(id, { ...mute, by: unnamed(mute.by) })
  }
  for (const [id, job] of records.bulkEndings)
    if (own.includes(job.by))
      records.bulkEndings.set(id, { ...job, by: systemActor, version: job.version + 1 })
  for (const [subject, cutOff] of records.cutOffs)
    records.cutOffs.set(subject, { ...cutOff, by: unnamed(cutOff.by) })
  for (const [id, session] of records.sessions)
    if (session.endedBy !== null && own.includes(session.endedBy))
      records.sessions.set(id, { ...session, endedBy: systemActor })
}
