import { addAlerts } from './admin/alerts.ts'
import { addAnalytics } from './admin/analytics.ts'
import { addAudit } from './admin/audit.ts'
import { addAuditVerification } from './admin/audit-verification.ts'
import { addBacktests } from './admin/backtests.ts'
import { addBulkEndings } from './admin/bulk-endings.ts'
import { addChangeAlert } from './admin/change-alert.ts'
import { addCountSessions } from './admin/count-sessions.ts'
import { addCutOffs } from './admin/cut-offs.ts'
import { addDetectors } from './admin/detectors.ts'
import { addDisableUser } from './admin/disable-user.ts'
import { addEndSession } from './admin/end-session.ts'
import { addEndUserSessions } from './admin/end-user-sessions.ts'
import { addExportAnalytics } from './admin/export-analytics.ts'
import { addExportSessions } from './admin/export-sessions.ts'
import { addFindings } from './admin/findings.ts'
import { addForgetUserDevice } from './admin/forget-user-device.ts'
import { addAdminHealth } from './admin/health.ts'
import { addListSessions } from './admin/list-sessions.ts'
import { addListUserDevices } from './admin/list-user-devices.ts'
import { addMutes } from './admin/mutes.ts'
import { addOverview } from './admin/overview.ts'
import { addPolicy } from './admin/policy.ts'
import { addRetention } from './admin/retention.ts'
import { addSavedFilters } from './admin/saved-filters.ts'
import { addStreamChanges } from './admin/stream-changes.ts'
import { addTotals } from './admin/totals.ts'
import { addUserOverview } from './admin/user-overview.ts'
import { addLogin } from './auth/login.ts'
import { addLogout } from './auth/logout.ts'
import { addMe } from './auth/me.ts'
import { addPassword } from './auth/password.ts'
import { addReauthenticate } from './auth/reauthenticate.ts'
import { addSetup } from './auth/setup.ts'
import { addHealth } from './operations/health.ts'
import { addMetrics } from './operations/metrics.ts'
import { addConsole } from './pages/console.ts'
import { addDocs } from './pages/docs.ts'
import type { RouteContext } from './route-context.ts'

const additions: readonly ((routes: RouteContext) => void)[] = [
  addLogin,
  addLogout,
  addReauthenticate,
  addPassword,
  addMe,
  addSetup,
  addListSessions,
  addCountSessions,
  addExportSessions,
  addBulkEndings,
  addSavedFilters,
  addUserOverview,
  addRetention,
  addEndSession,
  addEndUserSessions,
  addListUserDevices,
  addForgetUserDevice,
  addTotals,
  addFindings,
  addAdminHealth,
  addAudit,
  addAuditVerification,
  addOverview,
  addStreamChanges,
  addAnalytics,
  addExportAnalytics,
  addAlerts,
  addChangeAlert,
  addMutes,
  addDetectors,
  addBacktests,
  addPolicy,
  addCutOffs,
  addDisableUser,
  addHealth,
  addMetrics,
  addDocs,
]

/** Everything that the program serves beside the API of the library. The console comes last: it takes every path that is left. */
export function addProgramRoutes(routes: RouteContext): void {
  for (const add of additions) add(routes)
  addConsole(routes)
}
