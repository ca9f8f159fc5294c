import { freshDatabase } from '../databases/fresh-database.ts'
import { measureProgram } from './latchkey-program.ts'

await measureProgram('/api/v1/forward-auth', await freshDatabase(), (user) => ({
  header: 'x-latchkey-user',
  text: user.id,
}))
