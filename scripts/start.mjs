// `npm start`: the studio on this machine.
import { enter } from './setup/enter.mjs'

await enter('scripts/start.ts')
