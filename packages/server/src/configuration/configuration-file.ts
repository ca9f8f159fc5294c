import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ConfigurationError } from './configuration-error.ts'

const fileName = 'latchkey.config.ts'

/** The default export of `latchkey.config.ts`, run by Node as it is; an empty object where there is no such file. */
export async function readConfigurationFile(directory: string): Promise<Readonly<Record<string, unknown>>> {
  const path = join(directory, fileName)
  if (!existsSync(path)) return {}
  const configuration = await importDefault(path)
  if (typeof configuration !== 'object' || configuration === null || Array.isArray(configuration)) {
    throw new ConfigurationError(
      `${fileName} must export an object by default: export default { port: 4280 }.`,
    )
  }
  return configuration as Record<string, unknown>
}

async function importDefault(path: string): Promise<unknown> {
  try {
    const module: { default?: unknown } = await import(pathToFileURL(path).href)
    return module.default
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause)
    throw new ConfigurationError(`${fileName} could not be run: ${reason}`, { cause })
  }
}
