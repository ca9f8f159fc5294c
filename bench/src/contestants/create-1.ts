import type { Preparation } from '../contestant.ts'
import { createWith } from './create-sessions.ts'

export const prepare: Preparation = () => createWith(1)
