import type { ApiApp, ApiTools } from 'latchkey/http'
import type { Logger } from 'pino'
import type { SignIn } from '../accounts/sign-in.ts'
import type { SignInThrottle } from '../accounts/sign-in-throttle.ts'
import type { Metrics } from '../program/metrics.ts'
import type { Program } from '../program/open-program.ts'
import type { ProgramLife } from '../program/program-life.ts'

/** What the program's own routes are made of. */
export interface RouteContext {
  readonly app: ApiApp
  readonly tools: ApiTools
  readonly program: Program
  readonly signIn: SignIn
  readonly throttle: SignInThrottle
  readonly metrics: Metrics
  readonly life: ProgramLife
  /** For events that an operator must be able to find again; never given a password, token or address. */
  readonly logger: Logger
}
