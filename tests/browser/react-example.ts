import { build, type InlineConfig, preview } from 'vite'
import { onTestFinished, vi } from 'vitest'
import { examples } from '../examples/running-example.ts'

/** The library's sources instead of what is built of them. */
const resolve = { conditions: ['latchkey-source', 'module', 'browser', 'development|production'] }

function settings(outDir: string): InlineConfig {
  return {
    root: `${examples}/react`,
    logLevel: 'warn',
    resolve,
    build: { outDir, emptyOutDir: true },
  }
}

/** Builds the page of the React example into `folder`, as for production. */
export async function buildReactExample(folder: string): Promise<void> {
  vi.stubEnv('NODE_ENV', 'production')
  try {
    await build(settings(folder))
  } finally {
    vi.unstubAllEnvs()
  }
}

/** Serves the built page in front of `server`, under the policy of the example, and returns its address. */
export async function serveReactExample(folder: string, server: string): Promise<string> {
  const proxy = { '/api': server, '/sign-in': server }
  const served = await preview({ ...settings(folder), preview: { host: 'localhost', port: 0, proxy } })
  onTestFinished(() => served.close())
  const address = served.httpServer.address()
  if (address === null || typeof address === 'string') throw new Error('The page is not served.')
  return `http://localhost:${address.port}`
}
