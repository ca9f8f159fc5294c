import { SessionService } from 'latchkey/client'
import { ActiveSessions } from 'latchkey/react'
import { createRoot } from 'react-dom/client'

const sessionService = new SessionService({ baseUrl: '' })

const page = document.getElementById('page')
if (page !== null) {
  createRoot(page).render(
    <>
      <h1>Security</h1>
      <ActiveSessions service={sessionService} onSignedOut={() => location.assign('/sign-in')} />
    </>,
  )
}
