import { useSessions } from 'latchkey/react'
import type { ReactNode } from 'react'
import { RecentActivity } from '../activity/recent-activity.tsx'
import { sessionService } from '../api/session-service.ts'
import { useKnownDevices } from '../devices/use-known-devices.ts'
import { YourDevices } from '../devices/your-devices.tsx'
import { PageHeading } from '../layout/page-heading.tsx'
import { OwnAlerts } from '../own-alerts/own-alerts.tsx'
import { PasswordSection } from '../password/password-section.tsx'
import { usePasswordDialog } from '../password/use-password-dialog.ts'
import { PlaceDataLine } from '../places/place-data-line.tsx'
import { reauthenticationInPlace } from '../reauthentication/reauthentication.ts'
import { ActiveSessions } from './active-sessions.tsx'
import { ActivitySection } from './activity-section.tsx'

/** Settings → Security. */
export function SecurityPage(): ReactNode {
  const live = useSessions(sessionService, reauthenticationInPlace)
  const devices = useKnownDevices()
  const password = usePasswordDialog()
  return (
    <div className="mx-auto max-w-5xl space-y-10">
      <PageHeading title="Security">
        Where you are signed in. End any session that you do not recognise.
      </PageHeading>
      <OwnAlerts live={live} onChangePassword={password.ask} />
      <ActiveSessions live={live} devices={devices} />
      <YourDevices live={live} known={devices} />
      <PasswordSection changing={password} />
      <RecentActivity live={live} devices={devices} onChangePassword={password.ask} />
      <ActivitySection live={live} />
      <PlaceDataLine />
    </div>
  )
}
