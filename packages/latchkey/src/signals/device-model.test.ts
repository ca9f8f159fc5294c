import { describe, expect, it } from 'vitest'
import { unknownDevice } from '../model/device-info.ts'
import { noFacts } from '../model/request-facts.ts'
import { userAgentSignal } from './user-agent.ts'

function sensed(userAgent: string | null, clientHints: Record<string, string> | null = null) {
  return { ...unknownDevice, ...userAgentSignal.sense({ ...noFacts, userAgent, clientHints }) }
}

const blink = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0'
const webKit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)'
const reducedPhone = `Mozilla/5.0 (Linux; Android 10; K) ${blink} Mobile Safari/537.36`

/** Engine, brand, model, header; a dash stands for null. */
const table = `
Blink · - · - · ${reducedPhone}
Blink · Google · Pixel 8 · Mozilla/5.0 (Linux; Android 14; Pixel 8) ${blink} Mobile Safari/537.36
Blink · Samsung · SM-S918B · Mozilla/5.0 (Linux; Android 14; SM-S918B Build/UP1A; wv) ${blink} Mobile Safari/537.36
Blink · Samsung · SM-X710 · Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-X710) ${blink} Safari/537.36
Blink · Sony · BRAVIA 4K VH2 · Mozilla/5.0 (Linux; Android 11; BRAVIA 4K VH2 Build/RKQ1) ${blink} Safari/537.36
Blink · - · - · Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Safari/537.36
Blink · Apple · - · Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${blink} Safari/537.36
WebKit · Apple · - · Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webKit} Version/18.5 Safari/605.1.15
WebKit · Apple · iPhone · Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${webKit} CriOS/142.0 Mobile/15E148 Safari/604.1
WebKit · Apple · iPad · Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) ${webKit} Version/17.5 Mobile/15E148 Safari/604.1
WebKit · Sony · PlayStation 5 · Mozilla/5.0 (PlayStation; PlayStation 5/8.60) ${webKit} Version/15.4 Safari/605.1.15
Blink · Meta · Quest 3 · Mozilla/5.0 (X11; Linux x86_64; Quest 3) AppleWebKit/537.36 (KHTML, like Gecko) OculusBrowser/35.1 Chrome/126.0.6478.122 VR Safari/537.36
Gecko · - · - · Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0
Gecko · - · - · Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0
Trident · - · - · Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko
EdgeHTML · - · - · Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/64.0.3282.140 Safari/537.36 Edge/18.17763
Presto · - · - · Opera/9.80 (Windows NT 6.1; U; en) Presto/2.10.229 Version/11.62
Goanna · - · - · Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Goanna/6.7 Firefox/128.0 PaleMoon/33.2.1
- · Sony Ericsson · K750i · SonyEricssonK750i/R1AA Browser/SEMC-Browser/4.2 Profile/MIDP-2.0 Configuration/CLDC-1.1
- · Google · Pixel 8 · Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8 Build/UQ1A.240205.004)
- · - · - · curl/8.9.1
- · - · - · Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)
`

describe('of a header', () => {
  const rows = table
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' · ') as [engine: string, brand: string, model: string, header: string])

  it.each(rows)(
    'the engine is %s, the brand %s and the model %s: %s',
    (...[engine, brand, model, header]) => {
      const said = [engine, brand, model].map((value) => (value === '-' ? null : value))
      const device = sensed(header)
      expect([device.engine, device.brand, device.model]).toEqual(said)
    },
  )
})

describe('the model in client hints', () => {
  it.each([
    ['"Pixel 9 Pro"', 'Google', 'Pixel 9 Pro'],
    ['"SM-S938B"', 'Samsung', 'SM-S938B'],
    ['"Unheard Of 1"', null, 'Unheard Of 1'],
  ])('%s wins over the header, and tells the brand as far as it is known', (model, brand, named) => {
    expect(sensed(reducedPhone, { 'sec-ch-ua-model': model })).toMatchObject({ brand, model: named })
  })

  it('leaves the brand of another maker behind', () => {
    const header = `Mozilla/5.0 (Linux; Android 14; SM-S918B) ${blink} Mobile Safari/537.36`
    expect(sensed(header, { 'sec-ch-ua-model': '"Pixel 9"' })).toMatchObject({
      brand: 'Google',
      model: 'Pixel 9',
    })
  })

  it.each(['""', '"K"', 'Pixel 9', '"<b>"', `"${'x'.repeat(100)}"`])('passes over %s', (model) => {
    expect(sensed(reducedPhone, { 'sec-ch-ua-model': model })).toEqual(sensed(reducedPhone))
  })
})
