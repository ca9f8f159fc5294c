/** Of the people of the demonstration, the two whose password is printed. */
export const demoAdministrator = 0
export const demoUser = 1

const givenNames = [
  ...['Ada', 'Amir', 'Anneke', 'Bao', 'Carmen', 'Chidi', 'Dagny', 'Elif', 'Emeka', 'Farah'],
  ...['Gustav', 'Hanako', 'Ines', 'Ivo', 'Jamila', 'Kai', 'Lena', 'Mateo', 'Nadia', 'Oskar'],
]
const familyNames = ['Aldermoor', 'Brackwater', 'Corvane', 'Dunmarsh', 'Elsworthy', 'Fennimore', 'Grauhof']

/**
 * The invented e-mail address of somebody with an account of the program: unique for 140 people and more,
 * at a domain that RFC 2606 keeps out of use.
 */
export function demoEmail(index: number): string {
  if (index === demoAdministrator) return 'admin@example.com'
  if (index === demoUser) return 'user@example.com'
  const given = givenNames[index % givenNames.length] ?? 'Ada'
  const family = familyNames[index % familyNames.length] ?? 'Aldermoor'
  const turn = Math.floor(index / (givenNames.length * familyNames.length))
  return `${given}.${family}${turn === 0 ? '' : turn + 1}@example.com`.toLowerCase()
}

/** The user id of somebody who signs in to another application, which knows its users by number. */
export function customerId(index: number): string {
  return `customer-${1_000 + index}`
}

/** A password costs 25 ms to hash: this many take two seconds. */
const mostAccounts = 60

/** How many of the people have accounts of the program itself: one in three, and the two hosts in any case. */
export function accountCount(users: number): number {
  return Math.min(users, mostAccounts, Math.max(2, Math.ceil(users / 3)))
}
