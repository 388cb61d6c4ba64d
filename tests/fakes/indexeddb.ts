import Dexie from 'dexie'
import { IDBKeyRange, indexedDB } from 'fake-indexeddb'

// Dexie looks for IndexedDB at its first import; set here, it is found in any order of imports
Dexie.dependencies.indexedDB = indexedDB
Dexie.dependencies.IDBKeyRange = IDBKeyRange
