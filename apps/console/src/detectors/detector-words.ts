import type { DetectorOnWire } from 'latchkey/client'
import { counted, shareText } from '../numbers/number-text.ts'

export const modeNames: Record<DetectorOnWire['mode'], string> = {
  off: 'Off',
  observe: 'Observe',
  enforce: 'Enforce',
}

/** `14 alerts in 30 days, 2 of them false alarms (14%)` */
export function figuresText({ alerts, false_alarms: falseAlarms }: DetectorOnWire['last_30_days']): string {
  if (alerts === 0) return 'No alert in 30 days'
  const found = `${counted(alerts, 'alert')} in 30 days`
  if (falseAlarms === 0) return `${found}, no false alarm`
  return `${found}, ${counted(falseAlarms, 'false alarm')} (${shareText(falseAlarms / alerts)})`
}

/** Where MITRE explains a technique; `T1550.004` is a part of `T1550`. */
export function techniqueUrl(technique: string): string {
  return `https://attack.mitre.org/techniques/${technique.replace('.', '/')}/`
}
