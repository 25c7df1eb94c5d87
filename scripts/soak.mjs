// `npm run soak [-- <minutes>]`: dubs without end while processes are killed, and counts what was lost.
import { enter } from './setup/enter.mjs'

await enter('scripts/soak.ts', { tests: true })
