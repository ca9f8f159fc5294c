import type { Finding, Severity } from '../../packages/latchkey/src/model/finding.ts'
import type { UserHistory } from '../../packages/latchkey/src/model/user-history.ts'
import { examineEvents } from '../../packages/latchkey/src/operations/examine-events.ts'
import type { Detector } from '../../packages/latchkey/src/ports/detector.ts'
import { dayOf } from './calendar.ts'
import type { LabelledSet } from './labelled-set.ts'
import type { LabelledEvent } from './simulated-host.ts'

/** What detectors make of it: things are named by what they are about (an attack, a user's day), each counted once. */
export interface Noticed {
  /** With any finding. */
  readonly noted: ReadonlySet<string>
  /** With one of severity low or higher. */
  readonly alarmed: ReadonlySet<string>
}

export interface Score {
  /** By name of attack, what it is about: `name#number`. */
  readonly attacks: Noticed
  /** `user day` of innocent people. */
  readonly innocent: Noticed
  readonly byDetector: ReadonlyMap<string, { readonly attacks: Noticed; readonly innocent: Noticed }>
}

interface Growing {
  readonly noted: Set<string>
  readonly alarmed: Set<string>
}

/** Has the detectors look at the whole set, event by event, as a program does. */
export function scoreOf({ events }: Pick<LabelledSet, 'events'>, detectors: readonly Detector[]): Score {
  const [attacks, innocent] = [nothing(), nothing()]
  const byDetector = new Map(detectors.map(({ name }) => [name, { attacks: nothing(), innocent: nothing() }]))
  const histories = new Map<string, UserHistory>()
  for (const labelled of events) {
    const found = examineEvents([labelled.event], detectors, histories, (error) => {
      throw error
    })
    for (const { finding } of found) {
      const about = aboutWhat(labelled, finding)
      const own = byDetector.get(finding.detector)
      if (about === null || own === undefined) continue
      const kind = labelled.label.attack === null ? 'innocent' : 'attacks'
      note(kind === 'innocent' ? innocent : attacks, about, finding.severity)
      note(own[kind], about, finding.severity)
    }
  }
  return { attacks, innocent, byDetector }
}

/** Null of what victims do themselves: they are no innocents, and their own sign-ins catch nobody. */
function aboutWhat({ label, event }: LabelledEvent, finding: Finding): string | null {
  if (label.attack !== null) return label.attack
  return label.scenario === 'victim' ? null : `${label.scenario}/${finding.userId} ${dayOf(event.at)}`
}

function note({ noted, alarmed }: Growing, about: string, severity: Severity): void {
  noted.add(about)
  if (severity !== 'info') alarmed.add(about)
}

function nothing(): Growing {
  return { noted: new Set(), alarmed: new Set() }
}

/** How many of them begin so. */
export function countOf(names: ReadonlySet<string>, beginning: string): number {
  return [...names].filter((name) => name.startsWith(beginning)).length
}
