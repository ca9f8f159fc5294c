import type {
  BacktestProgress,
  BacktestResult,
  DetectorOnWire,
  DetectorsResponse,
  Problem,
} from 'latchkey/client'
import { goingOnReauthenticated } from '../reauthentication/reauthentication.ts'
import { networkError, problemError, unexpectedAnswer } from './api-error.ts'
import { linesOf } from './lines-of.ts'
import { request } from './request.ts'

const admin = '/api/v1/admin'

/** How a detector is to be set. */
export type DetectorDraft = Pick<DetectorOnWire, 'mode' | 'response'>

/** Which part of the log is replayed, under which settings. */
export interface BacktestQuestion {
  /** ISO 8601. */
  readonly from: string
  readonly to: string
  readonly draft: readonly ({ readonly detector: string } & DetectorDraft)[]
}

export function fetchDetectors(): Promise<DetectorsResponse> {
  return request('GET', `${admin}/detectors`, { activity: 'background' })
}

export function setDetector(name: string, draft: DetectorDraft): Promise<DetectorOnWire> {
  return request('PATCH', `${admin}/detectors/${encodeURIComponent(name)}`, { body: { ...draft } })
}

/** Replays the log; told how far it is line by line. Rejects with `ApiError`, or as `fetch` does when the signal aborts it. */
export function backtest(
  question: BacktestQuestion,
  onProgress: (progress: BacktestProgress) => void,
  signal: AbortSignal,
): Promise<BacktestResult> {
  return goingOnReauthenticated(() => backtestOnce(question, onProgress, signal))
}

async function backtestOnce(
  question: BacktestQuestion,
  onProgress: (progress: BacktestProgress) => void,
  signal: AbortSignal,
): Promise<BacktestResult> {
  const response = await send(question, signal)
  if (!response.ok || response.body === null) throw await failure(response)
  try {
    for await (const line of linesOf(response.body)) {
      const said = JSON.parse(line) as BacktestProgress | BacktestResult
      if (said.kind === 'result') return said
      if (said.kind === 'progress') onProgress(said)
    }
  } catch (error) {
    if (signal.aborted) throw error
    throw networkError()
  }
  // The answer had begun, and its end never came.
  throw networkError()
}

async function send(question: BacktestQuestion, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(`${admin}/backtests`, {
      method: 'POST',
      headers: { accept: 'application/x-ndjson', 'content-type': 'application/json' },
      credentials: 'same-origin',
      cache: 'no-store',
      body: JSON.stringify(question),
      signal,
    })
  } catch (error) {
    if (signal.aborted) throw error
    throw networkError()
  }
}

async function failure(response: Response): Promise<Error> {
  const problem = (await response.json().catch(() => null)) as Problem | null
  return problem?.code ? problemError(response, problem) : unexpectedAnswer(response)
}
