import type { AlertOnWire, AlertStateOnWire } from 'latchkey/client'
import { type RefObject, useRef } from 'react'
import { useRowFocus } from '../primitives/use-row-focus.ts'
import { neighbourOf } from './alert-search.ts'
import { type AlertActions, useAlertActions } from './use-alert-actions.ts'
import { useAlertKeys } from './use-alert-keys.ts'
import type { AlertSearchState } from './use-alerts.ts'

interface InboxParts {
  /** Takes the focus where no row can. */
  readonly top: RefObject<HTMLHeadingElement | null>
  readonly list: RefObject<HTMLDivElement | null>
  /** The heading of the one that is looked at, and its field for notes. */
  readonly detail: RefObject<HTMLHeadingElement | null>
  readonly note: RefObject<HTMLTextAreaElement | null>
}

interface InboxWork {
  readonly parts: InboxParts
  readonly actions: AlertActions
  /** Looks at that one and puts the focus there. */
  readonly look: (id: string) => void
  readonly close: () => void
  readonly setState: (alert: AlertOnWire, state: AlertStateOnWire) => Promise<void>
}

/** Walking through alerts and working on them, by keys and by buttons. */
export function useInbox(
  alerts: readonly AlertOnWire[],
  { search, open }: AlertSearchState,
  showKeys: () => void,
): InboxWork {
  const openId = search.alert ?? null
  const parts = useParts(alerts)
  const actions = useAlertActions()
  const { look, close, goOn, writeNote } = lookingAt(parts, openId, open)
  /** What keys are about: the one that is looked at, or else that of the row with the focus. */
  const place = (): number => alerts.findIndex(({ id }) => id === (openId ?? focusedId()))

  function move(step: 1 | -1): void {
    const next = alerts[stepped(place(), step, alerts.length)]
    if (!next) return
    if (openId !== null) open(next.id, 'stay')
    focusRow(parts, next.id)
  }
  async function setState(alert: AlertOnWire, state: AlertStateOnWire): Promise<void> {
    const neighbour = neighbourOf(alerts, alert.id)
    if (!(await actions.setState(alert, state)) || openId === null) return
    // It has left this list: where that is in sight, the next one takes its place.
    goOn(parts.list.current?.offsetParent ? neighbour : null)
  }
  const put = (state: AlertStateOnWire) => (): void => {
    const alert = alerts[place()]
    if (alert && alert.state !== state && actions.busy.size === 0) void setState(alert, state)
  }
  useAlertKeys({
    next: () => move(1),
    previous: () => move(-1),
    acknowledge: put('acknowledged'),
    resolve: put('resolved'),
    falseAlarm: put('false-alarm'),
    note: () => writeNote(alerts[place()]),
    help: showKeys,
    ...(openId === null ? {} : { close }),
  })
  return { parts, actions, look, close, setState }
}

/** Without going round: the ends are felt. From nowhere to the first. */
function stepped(from: number, step: 1 | -1, count: number): number {
  return from === -1 ? 0 : Math.min(Math.max(from + step, 0), count - 1)
}

interface Looking extends Pick<InboxWork, 'look' | 'close'> {
  readonly goOn: (id: string | null) => void
  readonly writeNote: (alert: AlertOnWire | undefined) => void
}

function lookingAt(parts: InboxParts, openId: string | null, open: AlertSearchState['open']): Looking {
  return {
    look(id) {
      open(id, openId === null ? 'go' : 'stay')
      afterPaint(() => parts.detail.current?.focus())
    },
    close() {
      open(null, 'stay')
      afterPaint(() => focusRow(parts, openId))
    },
    goOn(id) {
      open(id, 'stay')
      afterPaint(() => focusRow(parts, id))
    },
    writeNote(alert) {
      if (alert && openId === null) open(alert.id, 'go')
      afterPaint(() => parts.note.current?.focus())
    },
  }
}

function useParts(alerts: readonly AlertOnWire[]): InboxParts {
  const top = useRef<HTMLHeadingElement>(null)
  const detail = useRef<HTMLHeadingElement>(null)
  const note = useRef<HTMLTextAreaElement>(null)
  const { listRef } = useRowFocus(
    alerts.map(({ id }) => id),
    top,
  )
  return { top, list: listRef, detail, note }
}

function focusedId(): string | null {
  return document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row'] ?? null
}

/** Null, or one that is not there: the heading. */
export function focusRow({ list, top }: InboxParts, id: string | null): void {
  const row =
    id === null
      ? null
      : list.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"] [data-open]`)
  const target = row ?? top.current
  target?.focus()
}

/** Once what was asked for stands on the page. */
function afterPaint(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act))
}
