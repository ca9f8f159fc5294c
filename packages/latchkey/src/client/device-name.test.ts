import { describe, expect, it } from 'vitest'
import type { DeviceInfoOnWire } from '../http-api/wire-types.ts'
import { deviceName } from './device-name.ts'
import { englishDeviceWords } from './device-words.ts'

function device(text: string): DeviceInfoOnWire {
  const [type, browser = 'unknown', os = 'unknown', version] = text.split(', ')
  return {
    type: type as DeviceInfoOnWire['type'],
    browser,
    browser_version: '142',
    os,
    os_version: version ?? null,
    location: null,
  }
}

describe('the name of a device', () => {
  it.each([
    ['desktop, Chrome, Windows, 11', 'Chrome on Windows 11'],
    ['desktop, Firefox, Windows, 8.1', 'Firefox on Windows 8.1'],
    ['desktop, Internet Explorer, Windows, XP', 'Internet Explorer on Windows XP'],
    ['desktop, Chrome, Windows', 'Chrome on Windows'],
    ['desktop, Safari, macOS, 26.1.0', 'Safari on macOS 26'],
    ['desktop, Safari, macOS, 10.13', 'Safari on macOS 10.13'],
    ['desktop, Firefox, Ubuntu, 24.04', 'Firefox on Ubuntu'],
    ['desktop, Chrome, ChromeOS, 14541.0.0', 'Chrome on ChromeOS'],
    ['desktop, unknown, Windows', 'Unknown browser on Windows'],
    ['desktop, Firefox', 'Firefox'],
    ['mobile, Safari, iOS, 18.6', 'iPhone · Safari'],
    ['mobile, unknown, iOS', 'iPhone'],
    ['tablet, Safari, iPadOS, 16.7', 'iPad · Safari'],
    ['tablet, Chrome, iOS', 'iPad · Chrome'],
    ['mobile, Chrome, Android, 16', 'Android phone · Chrome'],
    ['tablet, Silk, Android, 11', 'Android tablet · Silk'],
    ['mobile, Firefox, KaiOS, 3.1', 'Firefox on KaiOS'],
    ['unknown, Yelp, iOS', 'Yelp on iOS'],
    ['tv, unknown, Tizen, 7', 'TV · Tizen'],
    ['tv, Silk, Android, 9', 'TV · Silk'],
    ['console, unknown, PlayStation, 5', 'PlayStation 5'],
    ['console, Edge, Xbox', 'Xbox'],
    ['console', 'Games console'],
    ['wearable, Samsung Internet, Android, 11', 'Watch · Samsung Internet'],
    ['car, Tesla, Linux', 'Car · Tesla'],
    ['bot, Googlebot', 'Googlebot'],
    ['bot', 'Bot'],
    ['unknown, curl', 'curl'],
    ['desktop', 'Computer'],
    ['mobile', 'Phone'],
    ['unknown', 'Unknown device'],
    ['spaceship', 'Unknown device'],
  ])('of %s is "%s"', (known, name) => {
    expect(deviceName(device(known))).toBe(name)
  })

  it.each([
    ['desktop, Safari, macOS, 10.15.7', 'Safari on macOS'],
    ['desktop, Safari, macOS, 10.16', 'Safari on macOS'],
    ['desktop, Safari, macOS, 10', 'Safari on macOS'],
    ['desktop, Safari, macOS, 12345', 'Safari on macOS'],
    ['desktop, Chrome, Windows, 10.0', 'Chrome on Windows'],
    ['desktop, Chrome, Windows, NT 10.0', 'Chrome on Windows'],
  ])('has no version where it would be wrong or odd: %s', (known, name) => {
    expect(deviceName(device(known))).toBe(name)
  })

  it.each([
    ['mobile, Chrome, Android, 14', 'Pixel 8', 'Pixel 8 · Chrome'],
    ['tablet, Chrome, Android, 14', 'Redmi Pad SE', 'Redmi Pad SE · Chrome'],
    ['mobile, Chrome, Android, 14', 'SM-S918B', 'Android phone · Chrome'],
    ['tablet, Silk, Android, 11', 'KFTRWI', 'Android tablet · Silk'],
    ['mobile, Chrome, Android, 14', null, 'Android phone · Chrome'],
    ['mobile, Safari, iOS, 18.6', 'iPhone', 'iPhone · Safari'],
    ['tv, Silk, Android, 9', 'Fire TV', 'TV · Silk'],
  ])('has the model in it where that is a name: %s, model %s', (known, model, name) => {
    expect(deviceName({ ...device(known), model })).toBe(name)
  })

  it('is the user’s own where they gave one', () => {
    expect(deviceName(device('mobile, Safari, iOS'), 'Ann’s phone')).toBe('Ann’s phone')
    expect(deviceName(device('mobile, Safari, iOS'), ' ')).toBe('iPhone · Safari')
  })

  it('speaks another language', () => {
    const words = {
      ...englishDeviceWords,
      androidPhone: 'Android-Telefon',
      browserOn: (browser: string, system: string) => `${browser} unter ${system}`,
    }
    expect(deviceName(device('desktop, Chrome, Windows, 11'), null, words)).toBe('Chrome unter Windows 11')
    expect(deviceName(device('mobile, Chrome, Android'), null, words)).toBe('Android-Telefon · Chrome')
  })
})
