import type { AlertOnWire } from 'latchkey/client'
import { type ReactNode, useState } from 'react'
import { AlertList } from './alert-list.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { focusRow, type useInbox } from './use-inbox.ts'

interface ChosenAlertsProps {
  /** Null until they are known. */
  alerts: readonly AlertOnWire[] | null
  openId: string | null
  work: ReturnType<typeof useInbox>
  look: 'current' | 'outdated'
  /** In the place of the list where there is none. */
  children: ReactNode
}

/** The list, of which several can be chosen, and what can be done with those. */
export function ChosenAlerts({ alerts, openId, work, look, children }: ChosenAlertsProps): ReactNode {
  const { actions, parts } = work
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const picked = alerts?.filter(({ id }) => chosen.has(id)) ?? []
  function clear(): void {
    setChosen(new Set())
    focusRow(parts, null)
  }
  return (
    <>
      {picked.length > 0 ? (
        <BulkBar
          picked={picked}
          busy={actions.busy.size > 0 ? 'busy' : 'idle'}
          set={(state) => actions.setStates(picked, state).then(clear)}
          clear={clear}
        />
      ) : null}
      <div
        ref={parts.list}
        data-alerts
        aria-busy={look === 'outdated' || alerts === null}
        className="busy-line overflow-hidden rounded-xl border border-line bg-surface shadow-raised"
      >
        {children}
        <AlertList
          alerts={alerts}
          openId={openId}
          chosen={chosen}
          busy={actions.busy}
          onOpen={work.look}
          onChoose={setChosen}
        />
      </div>
    </>
  )
}
