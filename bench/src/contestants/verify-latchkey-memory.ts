import { memoryStorage } from 'latchkey/memory'
import type { Preparation } from '../contestant.ts'
import { verifyWith } from './verify-latchkey.ts'

export const prepare: Preparation = () => verifyWith(memoryStorage(), () => {})
