export { userAgentSignal } from './signals/user-agent.ts'
