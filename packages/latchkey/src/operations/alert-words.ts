/** What is said and judged of alerts, for those above who show them. */
export { mayConfirm } from '../rules/alert-confirmation.ts'
export { deviceInWords } from '../rules/device-in-words.ts'
