import { luciaSessions } from '../peers/lucia-sessions.ts'
import { servePeer } from './peer-server.ts'

await servePeer(luciaSessions('kept'))
