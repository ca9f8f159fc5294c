import { shortCount } from '../numbers/number-text.ts'

const tick = { fontSize: 12, fill: 'var(--muted)' }

/** What every lower axis has in common. */
export const xAxisLook = { tick, tickLine: false, axisLine: { stroke: 'var(--edge)' } } as const

/** What every axis of counts has in common; as wide as `shortCount` needs. */
export const yAxisLook = {
  width: 44,
  allowDecimals: false,
  tickFormatter: shortCount,
  tick,
  tickLine: false,
  axisLine: false,
} as const
