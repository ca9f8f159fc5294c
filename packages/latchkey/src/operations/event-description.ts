/** What events are called, for those above who show them. */
export { describeEvent, type EventDescription } from '../rules/audit-vocabulary.ts'
