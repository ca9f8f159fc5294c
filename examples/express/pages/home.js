import { SessionService } from '/latchkey/client.js'

const sessionService = new SessionService({ baseUrl: '' })
// A list that keeps itself current: a sign-in elsewhere appears, an ended session disappears.
const watch = sessionService.watchSessions()
const element = (id) => document.getElementById(id)

watch.subscribe(show)
show()
element('end-others').addEventListener('click', () => attempt(watch.revokeOtherSessions()))
const me = await fetch('/me')
if (me.ok) element('name').textContent = (await me.json()).name

function show() {
  const { state, sessions } = watch.getSnapshot()
  if (state === 'signed-out') location.assign('/sign-in')
  element('sessions').replaceChildren(...sessions.map(itemFor))
}

function itemFor({ id, device_info, ip_address, is_current }) {
  const item = document.createElement('li')
  item.append(`${device_info.browser} on ${device_info.os}, ${ip_address ?? 'address unknown'} `)
  if (is_current) {
    item.append('(this one)')
    return item
  }
  const end = document.createElement('button')
  end.type = 'button'
  end.textContent = 'End'
  end.addEventListener('click', () => attempt(watch.revokeSession(id)))
  item.append(end)
  return item
}

async function attempt(ending) {
  try {
    await ending
    element('notice').textContent = 'Done.'
  } catch (error) {
    element('notice').textContent = `That did not work: ${error.message}`
  }
}
