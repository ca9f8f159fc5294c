import type { Command } from 'commander'
import { createLogger } from '../program/logger.ts'
import { programApi } from '../program/program-api.ts'
import type { CommandContext } from './command-context.ts'
import { runWithProgram } from './run-with-program.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'

/** `latchkey openapi`: the document of `GET /openapi.json`, without a server. */
export function openapiCommand(context: CommandContext): Command {
  return standardCommand('openapi', 'print the OpenAPI 3.1 document of the API').action(
    async (options: StandardOptions) => {
      await runWithProgram(context, { ...options, databaseUrl: 'file::memory:' }, async (program) => {
        const { publicUrl, host, port } = program.settings
        const api = programApi(program, publicUrl ?? `http://${host}:${port}`, createLogger('silent'))
        const document = api.openApiDocument()
        context.stdout(options.json ? JSON.stringify(document) : JSON.stringify(document, null, 2))
      })
    },
  )
}
