import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import type { SessionStreams } from '../session-streams.ts'
import { alertAnswers } from './alert-answers.ts'
import { answerOwnAlert } from './answer-own-alert.ts'
import { answerUserAlert } from './answer-user-alert.ts'
import { changeOwnDevice } from './change-own-device.ts'
import { changeUserDevice } from './change-user-device.ts'
import { countOwnSessions } from './count-own-sessions.ts'
import { countUserSessions } from './count-user-sessions.ts'
import { createSession } from './create-session.ts'
import { currentSession } from './current-session.ts'
import { cutOffUser } from './cut-off-user.ts'
import { disableUser } from './disable-user.ts'
import { endOwnDeviceSessions } from './end-own-device-sessions.ts'
import { endOwnSession } from './end-own-session.ts'
import { endOwnSessions } from './end-own-sessions.ts'
import { endUserSession } from './end-user-session.ts'
import { endUserSessions } from './end-user-sessions.ts'
import { forgetOwnDevice } from './forget-own-device.ts'
import { forgetUserDevice } from './forget-user-device.ts'
import { forwardAuth } from './forward-auth.ts'
import { introspect } from './introspect.ts'
import { listOwnAlerts } from './list-own-alerts.ts'
import { listOwnDevices } from './list-own-devices.ts'
import { listOwnSessions } from './list-own-sessions.ts'
import { listUserAlerts } from './list-user-alerts.ts'
import { listUserDevices } from './list-user-devices.ts'
import { listUserSessions } from './list-user-sessions.ts'
import { ownActivity } from './own-activity.ts'
import { ownAnalytics } from './own-analytics.ts'
import { ownFingerprint } from './own-fingerprint.ts'
import { placeData } from './place-data.ts'
import { renewSession } from './renew-session.ts'
import { rotateSession } from './rotate-session.ts'
import { streamOwnEvents } from './stream-own-events.ts'
import { userAnalytics } from './user-analytics.ts'
import { verifySession } from './verify-session.ts'

/** Every route of the API, in the order of its document. Fixed paths come before those with a parameter. */
export function addRoutes(app: ApiApp, tools: ApiTools, streams: SessionStreams): void {
  listOwnSessions(app, tools)
  countOwnSessions(app, tools)
  currentSession(app, tools)
  ownAnalytics(app, tools)
  streamOwnEvents(app, tools, streams)
  endOwnSession(app, tools)
  endOwnSessions(app, tools)
  placeData(app, tools)
  listOwnDevices(app, tools)
  changeOwnDevice(app, tools)
  forgetOwnDevice(app, tools)
  endOwnDeviceSessions(app, tools)
  ownFingerprint(app, tools)
  ownActivity(app, tools)
  listOwnAlerts(app, tools)
  answerOwnAlert(app, tools)
  alertAnswers(app, tools)
  createSession(app, tools)
  verifySession(app, tools)
  renewSession(app, tools)
  rotateSession(app, tools)
  introspect(app, tools)
  listUserSessions(app, tools)
  countUserSessions(app, tools)
  userAnalytics(app, tools)
  endUserSession(app, tools)
  endUserSessions(app, tools)
  disableUser(app, tools)
  cutOffUser(app, tools)
  listUserDevices(app, tools)
  changeUserDevice(app, tools)
  forgetUserDevice(app, tools)
  listUserAlerts(app, tools)
  answerUserAlert(app, tools)
  forwardAuth(app, tools)
}
