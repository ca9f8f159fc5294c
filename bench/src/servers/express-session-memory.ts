import { serveExpressSession } from './express-session.ts'

serveExpressSession(undefined)
