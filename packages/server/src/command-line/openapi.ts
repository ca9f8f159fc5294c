import { randomBytes } from 'node:crypto'
import type { Command } from 'commander'
import { createLogger } from '../program/logger.ts'
import { openProgram } from '../program/open-program.ts'
import { programApi } from '../program/program-api.ts'
import type { CommandContext } from './command-context.ts'
import { type StandardOptions, settingsOf, standardCommand } from './standard-options.ts'

/** `latchkey openapi`: the document of `GET /openapi.json`, without a server. Makes no file: no key, no database. */
export function openapiCommand(context: CommandContext): Command {
  return standardCommand('openapi', 'print the OpenAPI 3.1 document of the API').action(
    async (options: StandardOptions) => {
      const settings = await settingsOf(context, options)
      const program = await openProgram({
        ...settings,
        database: { kind: 'sqlite', path: ':memory:' },
        secret: randomBytes(32),
      })
      try {
        const { publicUrl, host, port } = settings
        const api = programApi(program, publicUrl ?? `http://${host}:${port}`, createLogger('silent'))
        const document = api.openApiDocument()
        context.stdout(options.json ? JSON.stringify(document) : JSON.stringify(document, null, 2))
      } finally {
        await program.close()
      }
    },
  )
}
