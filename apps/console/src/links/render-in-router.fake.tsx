import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router'
import { type RenderResult, render } from '@testing-library/react'
import { Tooltip } from 'radix-ui'
import type { ReactElement } from 'react'
import { vi } from 'vitest'

/** Renders what has links, in a router of its own, without a size: charts stay empty, tables do not. */
export function renderInRouter(element: ReactElement): RenderResult {
  vi.stubGlobal('scrollTo', () => {})
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe(): void {}
      unobserve(): void {}
      disconnect(): void {}
    },
  )
  const root = createRootRoute()
  const page = createRoute({ getParentRoute: () => root, path: '/', component: () => element })
  const router = createRouter({
    routeTree: root.addChildren([page]),
    history: createMemoryHistory({ initialEntries: ['/'] }),
  })
  return render(
    <Tooltip.Provider>
      {/* biome-ignore lint/suspicious/noExplicitAny: the console's own router is registered, and this is a small one. */}
      <RouterProvider router={router as any} />
    </Tooltip.Provider>,
  )
}

/** The address of a link, as people would read it. */
export function addressOf(link: HTMLElement): string {
  return decodeURIComponent(link.getAttribute('href') ?? '').replaceAll('+', ' ')
}
