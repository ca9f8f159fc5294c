/** Of the right shape, and nobody's. */
export const sessionToken: string = `ses_q2k7wq5zv3nd6x4ye7mfa2tb.${'A'.repeat(42)}A`
export const sessionId = 'ses_q2k7wq5zv3nd6x4ye7mfa2tb'
export const deviceToken: string = `dev_q2r6txm3c5k4vwz7hy2ejb6n.${'A'.repeat(22)}`
export const alertId = 'alr_q2k7wq5zv3nd6x4ye7mfa2tbq2'
export const alertToken: string = `${alertId}.mih2k7w0.${'A'.repeat(42)}A`
