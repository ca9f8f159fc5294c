import type { CutOffOnWire } from 'latchkey/client'
import { type ReactNode, useRef } from 'react'
import { Outdated } from '../live/outdated.tsx'
import { Button } from '../primitives/button.tsx'
import { Card, Failed, Loading } from '../primitives/card.tsx'
import { ConfirmDialog } from '../primitives/confirm-dialog.tsx'
import { useConfirmation } from '../primitives/use-confirmation.ts'
import { CutOff } from './cut-off.tsx'
import { enable, signEverybodyOut } from './cut-off-confirmations.tsx'
import { useCutOffs, useCutOffsChanged } from './use-cut-offs.ts'

/** Who is signed out for good, up to when, and the way to do so with everybody. */
export function CutOffsSection(): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null)
  const cutOffs = useCutOffs()
  const changed = useCutOffsChanged()
  const { ask, dialog } = useConfirmation(() => heading.current?.focus())
  return (
    <>
      <Card
        id="cut-offs"
        title="Cut-offs in force"
        lead="What was created until a cut-off is over for good, even where a backup brings it back. The latest that concerns a session counts."
        headingRef={heading}
        action={
          <Button look="dangerous" onClick={() => ask(signEverybodyOut(changed))}>
            Sign everybody out…
          </Button>
        }
      >
        <Outdated what="The list of cut-offs" results={[cutOffs]} />
        {cutOffs.data ? (
          <List
            cutOffs={cutOffs.data.cut_offs}
            onEnable={(userId, name) => ask(enable(userId, name, changed))}
          />
        ) : null}
        {cutOffs.isPending ? <Loading words="Loading the cut-offs…" /> : null}
        {cutOffs.isLoadingError ? <Failed what="The cut-offs" result={cutOffs} /> : null}
      </Card>
      <ConfirmDialog {...dialog} />
    </>
  )
}

interface ListProps {
  cutOffs: readonly CutOffOnWire[]
  onEnable: (userId: string, name: string) => void
}

function List({ cutOffs, onEnable }: ListProps): ReactNode {
  if (cutOffs.length === 0) return <p className="py-2.5 text-muted">There are none.</p>
  return (
    <ul aria-labelledby="cut-offs" className="divide-y divide-line">
      {cutOffs.map((cutOff) => (
        <CutOff
          key={`${cutOff.scope} ${cutOff.user_id} ${cutOff.device_id}`}
          cutOff={cutOff}
          onEnable={onEnable}
        />
      ))}
    </ul>
  )
}
