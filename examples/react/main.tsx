import { observeDevice, SessionService } from 'latchkey/client'
import { ActiveSessions } from 'latchkey/react'
import { createRoot } from 'react-dom/client'
import { Devices } from './devices.tsx'

const sessionService = new SessionService({ baseUrl: '' })

const page = document.getElementById('page')
if (page !== null) {
  createRoot(page).render(
    <>
      <h1>Security</h1>
      <ActiveSessions service={sessionService} onSignedOut={() => location.assign('/sign-in')} />
      <Devices service={sessionService} />
    </>,
  )
}

// Does nothing, and loads nothing, unless the server has fingerprints switched on.
void observeDevice(sessionService, {
  consent: () => confirm('May we remember how this browser looks, to tell your devices apart?'),
})
