import { measureProgram } from './latchkey-program.ts'

await measureProgram('/api/v1/security/sessions/current', null, (_user, sessionId) => ({
  header: null,
  text: sessionId,
}))
