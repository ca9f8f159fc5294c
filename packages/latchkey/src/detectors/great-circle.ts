/** In degrees. */
export interface Coordinates {
  readonly latitude: number
  readonly longitude: number
}

/** Mean radius of the Earth in kilometres (R1 of the IUGG; H. Moritz, Geodetic Reference System 1980). The true figure is within 0.6 % of a sphere's. */
const earthRadius = 6371.0088

/**
 * Kilometres along the surface, by the haversine formula (R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68,
 * 1984): unlike the law of cosines it is exact for near places, and it knows no seam at the antimeridian and none at the poles.
 */
export function greatCircle(a: Coordinates, b: Coordinates): number {
  const [latitudeA, latitudeB] = [radians(a.latitude), radians(b.latitude)]
  const north = Math.sin((latitudeB - latitudeA) / 2) ** 2
  const east = Math.sin(radians(b.longitude - a.longitude) / 2) ** 2
  const haversine = north + Math.cos(latitudeA) * Math.cos(latitudeB) * east
  // Rounding may lead beyond 1 for places that are opposite of each other.
  return 2 * earthRadius * Math.asin(Math.sqrt(Math.min(1, haversine)))
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}
