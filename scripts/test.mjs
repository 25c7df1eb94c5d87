// `npm test`: everything.
import { enter } from './setup/enter.mjs'

await enter('scripts/test.ts', { tests: true })
