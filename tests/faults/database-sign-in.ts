/** Of the database that the nodes share. */
export const databaseSignIn = { user: 'latchkey', password: 'for-tests-only', database: 'postgres' } as const
