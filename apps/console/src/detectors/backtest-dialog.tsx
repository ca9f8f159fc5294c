import type { DetectorOnWire } from 'latchkey/client'
import { type ReactNode, useState } from 'react'
import type { DetectorDraft } from '../api/detectors.ts'
import { countText } from '../numbers/number-text.ts'
import { Button } from '../primitives/button.tsx'
import { DialogFrame } from '../primitives/dialog-frame.tsx'
import { Notice } from '../primitives/notice.tsx'
import { ApplyDraft } from './apply-draft.tsx'
import { type Draft, draftOf, questionOf } from './backtest-draft.ts'
import { BacktestForm } from './backtest-form.tsx'
import { BacktestOutcome } from './backtest-outcome.tsx'
import { type BacktestState, useBacktest } from './use-backtest.ts'

interface BacktestDialogProps {
  /** Null: closed. */
  detectors: readonly DetectorOnWire[] | null
  onClose: () => void
  onReturnFocus: () => void
}

/** Tries settings out on what has happened, before they hold. */
export function BacktestDialog({ detectors, onClose, onReturnFocus }: BacktestDialogProps): ReactNode {
  return (
    <DialogFrame
      title="Backtest"
      width="wide"
      isOpen={detectors !== null}
      onClose={onClose}
      onReturnFocus={onReturnFocus}
    >
      {detectors ? <Backtest detectors={detectors} onClose={onClose} /> : null}
    </DialogFrame>
  )
}

interface BacktestProps {
  detectors: readonly DetectorOnWire[]
  onClose: () => void
}

function Backtest({ detectors, onClose }: BacktestProps): ReactNode {
  const [days, setDays] = useState('30')
  const [draft, setDraft] = useState<Draft>(() => draftOf(detectors))
  const { state, start, stop } = useBacktest()
  const change = (name: string, next: DetectorDraft): void => setDraft((now) => ({ ...now, [name]: next }))
  const ask = (): void => start(questionOf(draft, Number(days), Date.now()))
  if (state.kind === 'done') {
    return (
      <>
        <BacktestOutcome result={state.result} />
        <ApplyDraft detectors={detectors} draft={draft} again={ask} onClose={onClose} />
      </>
    )
  }
  return (
    <>
      <BacktestForm
        detectors={detectors}
        draft={draft}
        days={days}
        isLocked={state.kind === 'running'}
        onDays={setDays}
        onChange={change}
      />
      {state.kind === 'failed' ? (
        <div className="mt-4">
          <Notice look="danger" role="alert">
            The backtest broke off. {state.message}
          </Notice>
        </div>
      ) : null}
      <Footer state={state} start={ask} stop={stop} onClose={onClose} />
    </>
  )
}

interface FooterProps extends Pick<BacktestProps, 'onClose'> {
  state: BacktestState
  start: () => void
  stop: () => void
}

function Footer({ state, start, stop, onClose }: FooterProps): ReactNode {
  const progress = state.kind === 'running' ? state.progress : null
  return (
    <div className="sticky -bottom-6 -mx-6 mt-5 -mb-6 flex flex-wrap items-center justify-end gap-2 border-t border-line bg-surface px-6 py-4">
      <p role="status" className="mr-auto text-[0.8125rem] text-muted tabular-nums">
        {state.kind === 'running' && progress === null ? 'Reading the log…' : null}
        {progress
          ? `${countText(progress.events)} events read, ${countText(progress.sessions)} sign-ins so far`
          : null}
      </p>
      <Button className="max-sm:h-10" onClick={state.kind === 'running' ? stop : onClose}>
        {state.kind === 'running' ? 'Stop' : 'Cancel'}
      </Button>
      <Button
        look="primary"
        className="max-sm:h-10"
        busy={state.kind === 'running' ? 'Replaying…' : null}
        onClick={start}
      >
        Replay
      </Button>
    </div>
  )
}
