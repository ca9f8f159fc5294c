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
import { parseAlertSearch } from './alerts/alert-search.ts'
import { parseAnalyticsSearch } from './analytics/analytics-search.ts'
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

const alertAnswerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/alert-answer',
  component: lazyRouteComponent(() => import('./alert-answer/alert-answer-page.tsx'), 'AlertAnswerPage'),
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

/** Who looks after everybody begins with everybody. */
const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: homePath,
  beforeLoad: ({ context: { me } }) => {
    throw redirect({ to: me.user.role === 'admin' ? '/admin/overview' : '/settings/security', replace: true })
  },
})

const securityRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/security',
  component: SecurityPage,
})

const adminsOnly = ({ context }: { context: { me: MeResponse } }): void => {
  if (context.me.user.role !== 'admin') throw notFound()
}

const overviewRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/admin/overview',
  beforeLoad: adminsOnly,
  component: lazyRouteComponent(() => import('./overview/overview-page.tsx'), 'OverviewPage'),
})

const analyticsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/admin/analytics',
  validateSearch: parseAnalyticsSearch,
  beforeLoad: adminsOnly,
  component: lazyRouteComponent(() => import('./analytics/analytics-page.tsx'), 'AnalyticsPage'),
})

const userRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/admin/users/$userId',
  beforeLoad: adminsOnly,
  component: lazyRouteComponent(() => import('./user/user-page.tsx'), 'UserPage'),
})

const healthRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/admin/health',
  beforeLoad: adminsOnly,
  component: lazyRouteComponent(() => import('./health/health-page.tsx'), 'HealthPage'),
})

const sessionsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/admin/sessions',
  validateSearch: parseSessionFilters,
  beforeLoad: adminsOnly,
  component: lazyRouteComponent(() => import('./sessions/sessions-page.tsx'), 'SessionsPage'),
})

const alertsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/admin/alerts',
  validateSearch: parseAlertSearch,
  beforeLoad: adminsOnly,
  component: lazyRouteComponent(() => import('./alerts/alerts-page.tsx'), 'AlertsPage'),
})

const detectorsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/admin/detectors',
  beforeLoad: adminsOnly,
  component: lazyRouteComponent(() => import('./detectors/detectors-page.tsx'), 'DetectorsPage'),
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
    signInRoute,
    setUpRoute,
    alertAnswerRoute,
    signedInRoute.addChildren([
      homeRoute,
      securityRoute,
      overviewRoute,
      analyticsRoute,
      userRoute,
      healthRoute,
      sessionsRoute,
      alertsRoute,
      detectorsRoute,
      policyRoute,
      auditRoute,
    ]),
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
