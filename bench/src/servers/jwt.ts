import { jwtSessions } from '../peers/jwt-sessions.ts'
import { servePeer } from './peer-server.ts'

await servePeer(jwtSessions())
