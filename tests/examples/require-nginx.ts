import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const usualPlaces = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx', '/opt/homebrew/bin/nginx']

const whatToDo =
  "The test of the nginx example needs nginx with its module http_auth_request: install it ('apt-get install nginx-light', 'dnf install nginx', 'brew install nginx') or set LATCHKEY_NGINX to where it is."

/**
 * The nginx of this machine; where there is none, it is installed by Debian's package manager when that may be
 * done without asking anybody. Throws a sentence that says what to do otherwise.
 */
export function requireNginx(): string {
  const found = findNginx()
  if (found !== null) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stderr.write('Installing nginx for the test of its example …\n')
    aptGet('update')
    aptGet('install', '--yes', '--no-install-recommends', 'nginx-light')
  }
  const installed = findNginx()
  if (installed === null) throw new Error(whatToDo)
  return installed
}

function findNginx(): string | null {
  const named = process.env['LATCHKEY_NGINX']
  const places = named === undefined || named === '' ? usualPlaces : [named]
  return places.find(canAskFirst) ?? null
}

function canAskFirst(place: string): boolean {
  return /http_auth_request/.test(spawnSync(place, ['-V'], { encoding: 'utf8' }).stderr ?? '')
}

/** A service that starts with its package would take port 80: the policy of this run is that none does. */
function aptGet(...words: readonly string[]): void {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  spawnSync('/usr/bin/apt-get', ['--quiet', ...words], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: environment,
  })
}
