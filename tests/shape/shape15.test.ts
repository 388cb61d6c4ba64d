import { exercise } from './exercise.ts'

exercise(15)
