import { measureProgram } from './latchkey-program.ts'

await measureProgram('/api/v1/forward-auth', (user) => ({ header: 'x-latchkey-user', text: user.id }))
