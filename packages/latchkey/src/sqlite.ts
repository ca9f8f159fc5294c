export { type SqliteStorageOptions, sqliteStorage } from './stores/sqlite/storage.ts'
