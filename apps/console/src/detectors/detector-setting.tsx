import type { DetectorOnWire } from 'latchkey/client'
import { type ReactNode, type RefObject, useRef, useState } from 'react'
import { type DetectorDraft, setDetector } from '../api/detectors.ts'
import { announce } from '../primitives/announcer.tsx'
import { Button } from '../primitives/button.tsx'
import { useAttempt } from '../primitives/use-attempt.ts'
import { useFocusHeir } from '../primitives/use-focus-heir.ts'
import { modeNames } from './detector-words.ts'
import { ModeSelects } from './mode-selects.tsx'
import { useDetectorsChanged } from './use-detectors.ts'

/** How a detector is set. What is chosen holds once it is said so: on some systems an arrow key is a choice. */
export function DetectorSetting({ detector }: { detector: DetectorOnWire }): ReactNode {
  const { name, title } = detector
  const [chosen, setChosen] = useState<DetectorDraft | null>(null)
  const group = useRef<HTMLFieldSetElement>(null)
  const changed = useDetectorsChanged()
  const draft = chosen ?? detector
  const keep = (): void => setChosen(null)
  const { state, failure, attempt } = useAttempt(async () => {
    await setDetector(name, { mode: draft.mode, response: draft.response })
    await changed()
    announce(`${title}: ${modeNames[draft.mode].toLowerCase()}.`)
  }, keep)
  return (
    <fieldset ref={group} tabIndex={-1} className="min-w-0 max-md:mt-3">
      <legend className="sr-only">Setting of {title}</legend>
      <ModeSelects
        title={title}
        draft={draft}
        onChange={(next) => {
          if (state === 'idle') setChosen(next)
        }}
      />
      {draft.mode !== detector.mode || draft.response !== detector.response ? (
        <Decision group={group} state={state} onSet={() => void attempt()} onKeep={keep} />
      ) : null}
      {failure ? (
        <p role="alert" className="mt-1.5 text-[0.8125rem] text-pretty text-danger-text">
          {failure}
        </p>
      ) : null}
    </fieldset>
  )
}

interface DecisionProps {
  /** Takes the focus when the buttons go away. */
  group: RefObject<HTMLElement | null>
  state: 'idle' | 'busy'
  onSet: () => void
  onKeep: () => void
}

function Decision({ group, state, onSet, onKeep }: DecisionProps): ReactNode {
  return (
    <div ref={useFocusHeir(group)} className="mt-2 flex flex-wrap gap-2">
      <Button size="small" look="primary" busy={state === 'busy' ? 'Setting…' : null} onClick={onSet}>
        Set
      </Button>
      <Button size="small" busy={state === 'busy' ? 'Keep as it is' : null} onClick={onKeep}>
        Keep as it is
      </Button>
    </div>
  )
}
