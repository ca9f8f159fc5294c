export { memoryStorage } from './stores/memory/storage.ts'
