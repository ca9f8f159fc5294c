import type { DetectorOnWire } from 'latchkey/client'
import type { ReactNode } from 'react'
import { setDetector } from '../api/detectors.ts'
import { announce } from '../primitives/announcer.tsx'
import { Button } from '../primitives/button.tsx'
import { Notice } from '../primitives/notice.tsx'
import { useAttempt } from '../primitives/use-attempt.ts'
import { changesOf, type Draft } from './backtest-draft.ts'
import { useDetectorsChanged } from './use-detectors.ts'

interface ApplyDraftProps {
  detectors: readonly DetectorOnWire[]
  onClose: () => void
  draft: Draft
  again: () => void
}

/** Has the draft hold from now on, where somebody wants that. */
export function ApplyDraft({ detectors, draft, again, onClose }: ApplyDraftProps): ReactNode {
  const changed = useDetectorsChanged()
  const changes = changesOf(detectors, draft)
  const { state, failure, attempt } = useAttempt(async () => {
    await applyEach(changes, changed)
    announce('The draft holds from now on.')
  }, onClose)
  return (
    <>
      {failure ? (
        <div className="mt-4">
          <Notice look="danger" role="alert">
            {failure}
          </Notice>
        </div>
      ) : null}
      <div className="sticky -bottom-6 -mx-6 mt-5 -mb-6 flex flex-wrap items-center justify-end gap-2 border-t border-line bg-surface px-6 py-4">
        <p className="mr-auto text-[0.8125rem] text-muted">{standing(changes.length)}</p>
        <Button className="max-sm:h-10" onClick={again}>
          Replay again
        </Button>
        <Button className="max-sm:h-10" onClick={onClose}>
          Close
        </Button>
        {changes.length > 0 ? (
          <Button
            look="primary"
            className="max-sm:h-10"
            busy={state === 'busy' ? 'Applying…' : null}
            onClick={() => void attempt()}
          >
            Apply the draft
          </Button>
        ) : null}
      </div>
    </>
  )
}

/** One after the other: where one is refused, the page shows which ones hold. */
async function applyEach(changes: ReturnType<typeof changesOf>, changed: () => Promise<void>): Promise<void> {
  for (const [name, next] of changes) await setDetector(name, next).finally(changed)
}

function standing(changes: number): string {
  return changes === 0 ? 'The draft is how they are set already.' : 'Nothing has changed so far.'
}
