import connectPgSimple from 'connect-pg-simple'
import session from 'express-session'
import { freshDatabase, poolOn } from '../databases/fresh-database.ts'
import { serveExpressSession } from './express-session.ts'

const PostgresStore = connectPgSimple(session)
const pool = poolOn(await freshDatabase())
serveExpressSession(new PostgresStore({ pool, createTableIfMissing: true }))
