// `npm run bench [-- name …]`: how fast it is, as ratios to the same work done bare.
import { enter } from './setup/enter.mjs'

await enter('bench/run.ts', { tests: true })
