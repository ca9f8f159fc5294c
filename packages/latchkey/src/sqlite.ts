export { type EventInsertStatement, eventInsertStatement } from './stores/sqlite/event-insert-statement.ts'
export { type SqliteStorageOptions, sqliteStorage } from './stores/sqlite/storage.ts'
