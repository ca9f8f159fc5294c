import type { Network, Place, PlaceSource } from 'latchkey/ports'
import { type DemoAddress, demoPlaceOf } from './demo-place.ts'

/** RFC 5398 sets these numbers aside for documentation, 16 short ones from here and 16 long ones: as many as there are cities. */
const [firstShort, firstLong] = [64_496, 65_536]

/** Knows where the invented addresses of the demonstration are: no data about real ones says anything of them. */
export const demoPlaceSource: PlaceSource = {
  name: 'demonstration',
  level: 'city',
  data: () => [],
  locate: (address) => {
    const known = demoPlaceOf(address)
    return known === null ? null : placeOf(known)
  },
}

function placeOf(known: DemoAddress): Place {
  const [latitude, longitude] = known.place.at
  return {
    country: known.place.country,
    region: null,
    city: cityOf(known),
    latitude,
    longitude,
    accuracyRadius: 20,
    network: networkOf(known),
  }
}

/** Invented, like the people. */
function networkOf(known: DemoAddress): Network {
  const city = cityOf(known)
  switch (known.use) {
    case 'home':
      return { asn: firstShort + known.index, name: `${city} Broadband`, kind: 'isp' }
    case 'office':
      return { asn: firstShort + known.index, name: `${city} Business Lines`, kind: 'isp' }
    case 'mobile':
      return { asn: firstLong + known.index, name: `${city} Mobile`, kind: 'mobile' }
    case 'vpn':
      return { asn: firstLong, name: 'Brackwater VPN', kind: 'vpn' }
    case 'hosting':
      return { asn: firstLong + 15, name: 'Corvane Hosting', kind: 'hosting' }
  }
}

function cityOf({ place }: DemoAddress): string {
  return place.name.split(',', 1)[0] ?? place.name
}
