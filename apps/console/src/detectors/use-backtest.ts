import type { BacktestProgress, BacktestResult } from 'latchkey/client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type BacktestQuestion, backtest } from '../api/detectors.ts'
import { announce } from '../primitives/announcer.tsx'
import { failureText } from '../reauthentication/failure-text.ts'

export type BacktestState =
  | { readonly kind: 'idle' }
  /** Progress is null until the first line has come. */
  | { readonly kind: 'running'; readonly progress: BacktestProgress | null }
  | { readonly kind: 'done'; readonly result: BacktestResult }
  | { readonly kind: 'failed'; readonly message: string }

interface Backtesting {
  readonly state: BacktestState
  readonly start: (question: BacktestQuestion) => void
  readonly stop: () => void
}

/** One replay at a time; it stops when the dialog goes away. */
export function useBacktest(): Backtesting {
  const [state, setState] = useState<BacktestState>({ kind: 'idle' })
  const running = useRef<AbortController | null>(null)

  const stop = useCallback(() => {
    running.current?.abort()
    running.current = null
    setState((now) => (now.kind === 'running' ? { kind: 'idle' } : now))
  }, [])
  useEffect(() => () => running.current?.abort(), [])

  const start = useCallback((question: BacktestQuestion) => {
    running.current?.abort()
    const own = new AbortController()
    running.current = own
    setState({ kind: 'running', progress: null })
    const tell = (next: BacktestState): void => {
      if (!own.signal.aborted) setState(next)
    }
    backtest(question, (progress) => tell({ kind: 'running', progress }), own.signal).then(
      (result) => {
        tell({ kind: 'done', result })
        if (!own.signal.aborted) announce('The backtest is done.')
      },
      (error: unknown) => tell({ kind: 'failed', message: failureText(error) }),
    )
  }, [])

  return { state, start, stop }
}
