import { cookieCache } from '../peers/better-auth-instance.ts'
import { serveBetterAuth } from './better-auth-server.ts'

await serveBetterAuth(cookieCache)
