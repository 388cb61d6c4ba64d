import Dexie from 'dexie'
import { IDBKeyRange, indexedDB } from 'fake-indexeddb'

// Dexie looks for IndexedDB when it is first imported; given here, the order of imports does not matter
Dexie.dependencies.indexedDB = indexedDB
Dexie.dependencies.IDBKeyRange = IDBKeyRange
