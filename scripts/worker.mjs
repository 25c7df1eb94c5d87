// `npm run worker`: a worker alone, for another machine.
import { enter } from './setup/enter.mjs'

await enter('scripts/worker.ts')
