import type { MeasuredServer } from '../servers/measured-server.ts'

/** One answer read whole, by another client than the one that measures, and one refusal. */
export async function checkOnce(
  name: string,
  { port, path, headers, expected }: MeasuredServer,
): Promise<void> {
  const { host: _host, ...sent } = headers
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: sent })
  const body = await answer.text()
  const text = expected.header === null ? body : (answer.headers.get(expected.header) ?? '')
  if (answer.status !== 200 || !text.includes(expected.text))
    throw new Error(`${name}: a wrong answer (${answer.status})`)
  if (expected.anonymous === 'served') return
  const refused = await fetch(`http://127.0.0.1:${port}${path}`)
  const said = await refused.text()
  if (refused.status !== 401 && said !== 'null') throw new Error(`${name}: answers without a session`)
}
