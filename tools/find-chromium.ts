import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const whatToDo =
  "The browser tests need Chromium: install it ('apt-get install chromium', 'dnf install chromium', 'brew install --cask chromium') or set LATCHKEY_CHROMIUM to where it is."

/** The browser of this machine, or null where there is none. */
export function findChromium(): string | null {
  const named = process.env['LATCHKEY_CHROMIUM']
  if (named !== undefined && named !== '') return named
  return usualPlaces.find((place) => existsSync(place)) ?? null
}

/**
 * The browser of this machine; where there is none, it is installed by Debian's package manager when that may
 * be done without asking anybody. Throws a sentence that says what to do otherwise.
 */
export function requireChromium(): string {
  const found = findChromium()
  if (found !== null) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stderr.write('Installing Chromium for the browser tests …\n')
    aptGet('update')
    aptGet('install', '--yes', '--no-install-recommends', 'chromium')
  }
  const installed = findChromium()
  if (installed === null) throw new Error(whatToDo)
  return installed
}

function aptGet(...words: readonly string[]): void {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('/usr/bin/apt-get', ['--quiet', ...words], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: environment,
  })
}
