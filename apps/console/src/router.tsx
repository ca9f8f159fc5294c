import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import type { MeResponse } from 'latchkey/client'
import { isSignedOut } from './api/api-error.ts'
import { meQuery } from './api/me-query.ts'
import { queryClient } from './api/query-client.ts'
import { parseAuditFilters } from './audit/audit-filters.ts'
import { AppShell } from './layout/app-shell.tsx'
import { FailurePage } from './layout/failure-page.tsx'
import { LoadingPage } from './layout/loading-page.tsx'
import { homePath, ownPath } from './layout/own-path.ts'
import { NotFoundPage } from './not-found/not-found-page.tsx'
import { formatPlainSearch, parsePlainSearch } from './plain-search.ts'
import { parseExplainSearch } from './policy/explain-search.ts'
import { SecurityPage } from './security/security-page.tsx'
import { parseSessionFilters } from './sessions/session-filters.ts'
import { goOnWhenSignedIn } from './sign-in/go-on-when-signed-in.ts'
import { SignInPage } from './sign-in/sign-in-page.tsx'
import { parseSignInSearch } from './sign-in/sign-in-search.ts'

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage })

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: homePath, replace: true })
  },
})

// The router hands on what a URL says besides what was validated: whoever reads a search parses it again.
const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: parseSignInSearch,
  beforeLoad: ({ search }) => goOnWhenSignedIn(search),
  component: SignInPage,
})

const setUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  component: lazyRouteComponent(() => import('./set-up/set-up-page.tsx'), 'SetUpPage'),
})

const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ location }) => {
    try {
      return { me: await queryClient.ensureQueryData(meQuery) }
    } catch (error) {
      if (!isSignedOut(error)) throw error
      const from = ownPath(location.href)
      throw redirect({ to: '/sign-in', search: from === homePath ? {} : { from }, replace: true })
    }
  },
  component: AppShell,
  pendingComponent: LoadingPage,
  errorComponent: FailurePage,
})

const securityRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/security',
  component: SecurityPage,
})

const adminsOnly = ({ context }: { context: { me: MeResponse } }): void => {
  if (context.me.user.role !== 'admin') throw notFound()
}

const sessionsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/admin/sessions',
  validateSearch: parseSessionFilters,
  beforeLoad: adminsOnly,
  component: lazyRouteComponent(() => import('./sessions/sessions-page.tsx'), 'SessionsPage'),
})

const policyRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/admin/policy',
  validateSearch: parseExplainSearch,
  beforeLoad: adminsOnly,
  component: lazyRouteComponent(() => import('./policy/policy-page.tsx'), 'PolicyPage'),
})

const auditRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/admin/audit',
  validateSearch: parseAuditFilters,
  beforeLoad: adminsOnly,
  component: lazyRouteComponent(() => import('./audit/audit-page.tsx'), 'AuditPage'),
})

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    homeRoute,
    signInRoute,
    setUpRoute,
    signedInRoute.addChildren([securityRoute, sessionsRoute, policyRoute, auditRoute]),
  ]),
  parseSearch: parsePlainSearch,
  stringifySearch: formatPlainSearch,
  // What no route has let through is gone: otherwise it would stand beside what was checked.
  search: { strict: true },
  defaultErrorComponent: FailurePage,
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
