import { measureProgram } from './latchkey-program.ts'

await measureProgram('/api/v1/security/sessions/current', (_user, sessionId) => ({
  header: null,
  text: sessionId,
}))
