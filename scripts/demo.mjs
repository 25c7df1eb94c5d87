// `npm run demo [-- <file or url>]`: the main job from start to finish, in the web room, by itself.
import { enter } from './setup/enter.mjs'

await enter('scripts/demo.ts')
