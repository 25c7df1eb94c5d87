// `npm run check`: what every change must pass.
import { enter } from './setup/enter.mjs'

await enter('scripts/check.ts')
