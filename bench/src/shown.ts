import { ratio } from './markdown.ts'

/** A figure that the project holds itself to. */
export interface Shown {
  readonly what: string
  readonly target: string
  readonly figure: string
  /** Null: only reported, or not measured this time. */
  readonly isMet: boolean | null
}

/** `value` is a ratio, or undefined where one side was not measured. */
export function atLeast(what: string, target: number, value: number | undefined): Shown {
  return judged(what, `at least ${target}×`, value, (figure) => figure >= target)
}

export function atMost(what: string, target: number, value: number | undefined): Shown {
  return judged(what, `at most ${target}×`, value, (figure) => figure <= target)
}

export function reported(what: string, figure: string): Shown {
  return { what, target: 'report', figure, isMet: null }
}

function judged(
  what: string,
  target: string,
  value: number | undefined,
  isMet: (value: number) => boolean,
): Shown {
  if (value === undefined || !Number.isFinite(value))
    return { what, target, figure: 'not measured', isMet: null }
  return { what, target, figure: `${ratio(value)}×`, isMet: isMet(value) }
}
