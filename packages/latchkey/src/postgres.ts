export { type EventInsertStatement, eventInsertStatement } from './stores/postgres/event-insert-statement.ts'
export {
  migratePostgres,
  type PostgresMigrationOptions,
  postgresMigrations,
} from './stores/postgres/migrate.ts'
export type {
  PostgresConnection,
  PostgresPool,
  PostgresQuery,
  PostgresResult,
} from './stores/postgres/postgres-pool.ts'
export { type PostgresStorageOptions, postgresStorage } from './stores/postgres/storage.ts'
export { storageError as postgresError } from './stores/postgres/storage-error.ts'
