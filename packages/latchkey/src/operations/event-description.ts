/** What events are called, for those above who show them. */
export { describeEvent } from '../rules/audit-vocabulary.ts'
