// @vitest-environment jsdom
import { act, cleanup, render, renderHook, screen } from '@testing-library/react'
import { type ReactElement, StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { reauthenticationRequired, session, setUp } from '../client/live-list.fake.ts'
import { SessionService } from '../client/session-service.ts'
import type { SessionsWatch } from '../client/sessions-watch.ts'
import { useSessions } from './use-sessions.ts'

afterEach(cleanup)

function Count({ source }: { source: SessionService | SessionsWatch }): ReactElement {
  const { state, totalCount } = useSessions(source)
  return <p>{`${state} ${totalCount}`}</p>
}

function serviceOf(asked: string[]): SessionService {
  return new SessionService({
    baseUrl: '',
    eventSource: null,
    fetch: async (url) => {
      asked.push(String(url))
      return Response.json({ sessions: [session('ses_a')], total_count: 1 })
    },
  })
}

describe('useSessions', () => {
  it('shows what the watch knows, and stops it when the last component is gone', async () => {
    const { watch, calls, stream } = setUp()
    const { unmount } = render(<Count source={watch} />)
    expect(screen.getByText('loading 0')).toBeTruthy()
    await act(() => calls.next().answer(['ses_a', 'ses_b']))
    expect(screen.getByText('ready 2')).toBeTruthy()
    unmount()
    expect(stream().isClosed).toBe(true)
  })

  it('shares one list among the components of a service', async () => {
    const asked: string[] = []
    const service = serviceOf(asked)
    render(
      <>
        <Count source={service} />
        <Count source={service} />
      </>,
    )
    expect(await screen.findAllByText('ready 1')).toHaveLength(2)
    expect(asked).toHaveLength(1)
  })

  it('works in strict mode, which mounts everything twice', async () => {
    const service = serviceOf([])
    render(
      <StrictMode>
        <Count source={service} />
      </StrictMode>,
    )
    expect(await screen.findByText('ready 1')).toBeTruthy()
  })

  it('is loading on a server, and asks nothing there', () => {
    const asked: string[] = []
    expect(renderToString(<Count source={serviceOf(asked)} />)).toBe('<p>loading 0</p>')
    expect(asked).toEqual([])
  })

  it('asks for a recent sign-in where an ending needs one, and then ends it', async () => {
    const { watch, calls } = setUp()
    calls.failure = reauthenticationRequired
    const onReauthenticate = vi.fn(() => {
      calls.failure = null
      return true
    })
    const { result } = renderHook(() => useSessions(watch, { onReauthenticate }))
    await act(() => calls.next().answer(['ses_a', 'ses_b']))
    await act(() => result.current.revokeSession('ses_b'))
    expect([onReauthenticate.mock.calls.length, calls.revoked]).toEqual([1, ['ses_b', 'ses_b']])
  })

  it('leaves it at the refusal when the user does not want to, and asks once for each call', async () => {
    const { watch, calls } = setUp()
    calls.failure = reauthenticationRequired
    const answers = [false, true]
    const onReauthenticate = () => answers.shift() ?? true
    const { result } = renderHook(() => useSessions(watch, { onReauthenticate }))
    await act(() => calls.next().answer(['ses_a', 'ses_b']))
    await expect(result.current.revokeSession('ses_b')).rejects.toBe(reauthenticationRequired)
    expect(calls.revoked).toHaveLength(1)
    await expect(result.current.revokeSession('ses_b')).rejects.toBe(reauthenticationRequired)
    expect([calls.revoked.length, answers]).toEqual([3, []])
  })

  it('gives the same functions at each render', async () => {
    const { watch, calls } = setUp()
    const seen = new Set<unknown>()
    const { rerender } = renderHook(() => seen.add(useSessions(watch).revokeSession))
    await act(() => calls.next().answer(['ses_a']))
    rerender()
    expect(seen.size).toBe(1)
  })
})
