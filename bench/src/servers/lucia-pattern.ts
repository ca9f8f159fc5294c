import { luciaPatternSessions } from '../peers/lucia-pattern-sessions.ts'
import { servePeer } from './peer-server.ts'

await servePeer(luciaPatternSessions())
