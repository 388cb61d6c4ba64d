import { readFileSync } from 'node:fs'
import path from 'node:path'

/** The folder of the checkout. */
export const PROJECT_ROOT = path.resolve(import.meta.dirname, '..', '..')

/** The version in package.json. */
export const VERSION: string = JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'package.json'), 'utf8')).version
