import { expect, it } from 'vitest'
import { FakeStream } from './live-list.fake.ts'
import { sharedStream } from './shared-stream.ts'

function setUp() {
  const opened: FakeStream[] = []
  const open = sharedStream(() => {
    const stream = new FakeStream()
    opened.push(stream)
    return stream
  })
  const heard: string[] = []
  const listener = (name: string) => {
    const stream = open()
    for (const type of ['open', 'error', 'session.created']) {
      stream.addEventListener(type, ({ data }) => heard.push(`${name}: ${type} ${data ?? ''}`.trim()))
    }
    return stream
  }
  const settled = () => Promise.resolve()
  return { opened, heard, listener, settled }
}

it('is one stream for all that listen, and each hears everything once', () => {
  const { opened, heard, listener } = setUp()
  listener('a')
  listener('b')
  opened[0]?.emit('open')
  opened[0]?.emit('session.created', '1')
  expect(opened).toHaveLength(1)
  expect(heard).toEqual(['a: open', 'b: open', 'a: session.created 1', 'b: session.created 1'])
})

it('tells who comes later that it is open', async () => {
  const { opened, heard, listener, settled } = setUp()
  listener('a')
  opened[0]?.emit('open')
  listener('b')
  const gone = listener('c')
  gone.close()
  await settled()
  expect(heard).toEqual(['a: open', 'b: open'])
})

it('closes with the last of them, and is opened anew after that', () => {
  const { opened, heard, listener } = setUp()
  const [first, second] = [listener('a'), listener('b')]
  first.close()
  first.close()
  opened[0]?.emit('session.created', '1')
  expect([opened[0]?.isClosed, heard]).toEqual([false, ['b: session.created 1']])
  second.close()
  expect(opened[0]?.isClosed).toBe(true)
  listener('c')
  expect(opened).toHaveLength(2)
})

it('fails for all of them, and the first to try again opens it for the others', () => {
  const { opened, heard, listener } = setUp()
  listener('a')
  listener('b')
  opened[0]?.emit('error')
  opened[0]?.emit('error')
  expect([opened[0]?.isClosed, heard]).toEqual([true, ['a: error', 'b: error']])
  listener('a')
  listener('b')
  expect(opened).toHaveLength(2)
})
