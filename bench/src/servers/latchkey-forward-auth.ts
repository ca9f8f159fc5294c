import { measureProgram } from './latchkey-program.ts'

await measureProgram('/api/v1/forward-auth', null, (user) => ({ header: 'x-latchkey-user', text: user.id }))
