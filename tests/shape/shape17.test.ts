import { exercise } from './exercise.ts'

exercise(17)
