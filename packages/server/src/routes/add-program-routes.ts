import { addAudit } from './admin/audit.ts'
import { addAuditVerification } from './admin/audit-verification.ts'
import { addCutOffs } from './admin/cut-offs.ts'
import { addDisableUser } from './admin/disable-user.ts'
import { addEndSession } from './admin/end-session.ts'
import { addEndUserSessions } from './admin/end-user-sessions.ts'
import { addFindings } from './admin/findings.ts'
import { addForgetUserDevice } from './admin/forget-user-device.ts'
import { addListSessions } from './admin/list-sessions.ts'
import { addListUserDevices } from './admin/list-user-devices.ts'
import { addPolicy } from './admin/policy.ts'
import { addTotals } from './admin/totals.ts'
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

/** Everything that the program serves beside the API of the library. The console comes last: it takes every path that is left. */
export function addProgramRoutes(routes: RouteContext): void {
  for (const add of [
    addLogin,
    addLogout,
    addReauthenticate,
    addPassword,
    addMe,
    addSetup,
    addListSessions,
    addEndSession,
    addEndUserSessions,
    addListUserDevices,
    addForgetUserDevice,
    addTotals,
    addFindings,
    addAudit,
    addAuditVerification,
    addPolicy,
    addCutOffs,
    addDisableUser,
    addHealth,
    addMetrics,
    addDocs,
  ]) {
    add(routes)
  }
  addConsole(routes)
}
