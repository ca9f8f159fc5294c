import { defaultDetectors } from '../../packages/latchkey/src/detectors.ts'
import { type LabelledSet, labelledSet, type SetSize } from './labelled-set.ts'
import { countOf, type Score, scoreOf } from './score.ts'

/** What `docs/detectors.md` shows. */
export const documentedSize: SetSize = { seed: 2026, people: 1_500, attacks: 60 }

export interface Measured {
  readonly set: LabelledSet
  readonly score: Score
}

export function measure(size: SetSize): Measured {
  const set = labelledSet(size)
  return { set, score: scoreOf(set, defaultDetectors) }
}

export function innocentDays({ sessionDays }: LabelledSet): number {
  return sessionDays.reduce((sum, { days }) => sum + days, 0)
}

/** The tables, as they stand in the document. */
export function tablesOf(measured: Measured): string {
  return [attackTable(measured), detectorTable(measured), innocentTable(measured)].join('\n\n')
}

function attackTable({ set, score }: Measured): string {
  const rows = [...set.attacks].map(([name, times]) => {
    const alarmed = countOf(score.attacks.alarmed, `${name}#`)
    const by = [...score.byDetector]
      .map(([detector, { attacks }]) => ({ detector, count: countOf(attacks.alarmed, `${name}#`) }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count)
      .map(({ detector, count }) => `\`${detector}\` ${count}`)
    const noted = countOf(score.attacks.noted, `${name}#`)
    return [name, times, `${alarmed} (${percent(alarmed, times)})`, noted, by.join(', ') || '–']
  })
  return table(['Attack', 'Cases', 'Alarm', 'Noted', 'Alarms by'], rows)
}

function detectorTable({ set, score }: Measured): string {
  const days = innocentDays(set)
  const rows = defaultDetectors.map(({ name }) => {
    const own = score.byDetector.get(name)
    const [attacks, innocent] = [own?.attacks, own?.innocent]
    const falseAlarms = innocent?.alarmed.size ?? 0
    return [
      `\`${name}\``,
      attacks?.alarmed.size ?? 0,
      attacks?.noted.size ?? 0,
      `${falseAlarms} (${percent(falseAlarms, days, 2)})`,
      innocent?.noted.size ?? 0,
    ]
  })
  const [caught, noted] = [score.attacks.alarmed.size, score.attacks.noted.size]
  const falseAlarms = score.innocent.alarmed.size
  const all = [
    '**all**',
    caught,
    noted,
    `${falseAlarms} (${percent(falseAlarms, days, 2)})`,
    score.innocent.noted.size,
  ]
  return table(
    [
      'Detector',
      'Attacks: alarm',
      'Attacks: noted',
      'Innocent session-days: false alarm',
      'Innocent session-days: noted',
    ],
    [...rows, all],
  )
}

function innocentTable({ set, score }: Measured): string {
  const rows = set.sessionDays.map(({ scenario, people, days }) => {
    const falseAlarms = countOf(score.innocent.alarmed, `${scenario}/`)
    const noted = countOf(score.innocent.noted, `${scenario}/`)
    return [scenario, people, days, `${falseAlarms} (${percent(falseAlarms, days, 2)})`, noted]
  })
  return table(['How people live', 'People', 'Session-days', 'False alarm', 'Noted'], rows)
}

function table(heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const lines = [heads, heads.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.map(textOf).join(' | ')} |`).join('\n')
}

function textOf(cell: string | number): string {
  return typeof cell === 'number' ? cell.toLocaleString('en-US') : cell
}

function percent(count: number, all: number, digits = 0): string {
  return `${((100 * count) / all).toFixed(digits)} %`
}
