import { randomBase32 } from '../foundation/bytes.ts'
import type { AlertId } from './alert.ts'

/** 130 bits: public, but not to be guessed either. */
const characters = 26

const alertPattern = /^alr_[a-z2-7]{26}$/
const mutePattern = /^mut_[a-z2-7]{26}$/

export function newAlertId(): AlertId {
  return `alr_${randomBase32(characters)}`
}

/** Whether the value has the shape of an alert's id; says nothing of whether there is such an alert. */
export function isAlertId(value: unknown): value is AlertId {
  return typeof value === 'string' && alertPattern.test(value)
}

export function newMuteId(): string {
  return `mut_${randomBase32(characters)}`
}

/** As `isAlertId`, of mutes. */
export function isMuteId(value: unknown): value is string {
  return typeof value === 'string' && mutePattern.test(value)
}
