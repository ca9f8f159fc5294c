// @vitest-environment jsdom
import { act, cleanup, render, renderHook, screen } from '@testing-library/react'
import type { ReactElement } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it } from 'vitest'
import { device } from '../client/live-devices.fake.ts'
import { session } from '../client/live-list.fake.ts'
import { SessionService } from '../client/session-service.ts'
import { ActiveSessions } from './active-sessions.tsx'
import { useDevices } from './use-devices.ts'

afterEach(cleanup)

/** A server with two sessions on two devices alike, of which one has a name. */
function serviceOf(asked: string[], devices: 'known' | 'refused' = 'known'): SessionService {
  const sessions = [
    { ...session('ses_b'), device_id: 'dev_1' },
    { ...session('ses_c'), device_id: 'dev_2' },
  ]
  return new SessionService({
    baseUrl: '',
    eventSource: null,
    fetch: async (url, init) => {
      asked.push(`${init?.method} ${url}`)
      if (init?.method === 'PATCH') return Response.json(device('dev_2', { name: 'Attic' }))
      if (!String(url).endsWith('/devices')) return Response.json({ sessions, total_count: 2 })
      if (devices === 'refused') return Response.json({}, { status: 404 })
      return Response.json({
        devices: [device('dev_1', { name: 'Kitchen' }), device('dev_2')],
        total_count: 2,
      })
    },
  })
}

function State({ service }: { service: SessionService }): ReactElement {
  return <p>{useDevices(service).state}</p>
}

describe('useDevices', () => {
  it('shares one list among the components of a service', async () => {
    const asked: string[] = []
    const service = serviceOf(asked)
    const first = renderHook(() => useDevices(service))
    const second = renderHook(() => useDevices(service))
    await act(async () => {})
    expect(first.result.current.devices.map(({ name }) => name)).toEqual(['Kitchen', null])
    expect(second.result.current.devices).toBe(first.result.current.devices)
    expect(asked).toEqual(['GET /api/v1/security/devices'])
  })

  it('has the same actions at each render, which change the list', async () => {
    const asked: string[] = []
    const service = serviceOf(asked)
    const { result } = renderHook(() => useDevices(service))
    await act(async () => {})
    const { renameDevice } = result.current
    await act(async () => void (await renameDevice('dev_2', 'Attic')))
    expect(asked).toContain('PATCH /api/v1/security/devices/dev_2')
    expect(result.current.renameDevice).toBe(renameDevice)
  })

  it('asks nothing on a server', () => {
    const asked: string[] = []
    const service = serviceOf(asked)
    expect(renderToString(<State service={service} />)).toContain('loading')
    expect(asked).toEqual([])
  })
})

describe('the names of devices in the list of sessions', () => {
  const headings = () =>
    screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent?.trim())

  it('are those that the user gave', async () => {
    render(<ActiveSessions service={serviceOf([])} />)
    await act(async () => {})
    expect(headings()).toEqual(['Kitchen', 'Firefox on Linux'])
    expect(screen.getByRole('button', { name: 'Sign out Kitchen' })).toBeTruthy()
  })

  it('are what is known of them where devices cannot be had', async () => {
    render(<ActiveSessions service={serviceOf([], 'refused')} />)
    await act(async () => {})
    expect(headings()).toEqual(['Firefox on Linux', 'Firefox on Linux'])
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('make a button for each of two devices alike that says which', async () => {
    render(<ActiveSessions service={serviceOf([], 'refused')} locale="en" />)
    await act(async () => {})
    const buttons = screen.getAllByRole('button', {
      name: /^Sign out Firefox on Linux 192\.0\.2\.1, Signed in .*\d/,
    })
    expect(buttons).toHaveLength(2)
    for (const number of ['1', '2']) {
      expect(screen.getByRole('button', { name: new RegExp(`, ${number}$`) })).toBeTruthy()
    }
  })
})
