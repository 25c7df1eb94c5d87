import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PROJECT } from './project.mjs'
import { SetupError } from './setup-error.mjs'

/** Whether this Node runs our TypeScript and today's packages as they are. */
export function runsTypeScript() {
  return Number(process.versions.node.split('.')[0]) >= 24
}

/** The Node that came with the packages. */
export function packagedNode() {
  const path = fileURLToPath(new URL(`node_modules/node-${process.platform}-${process.arch}/bin/node`, PROJECT))
  if (existsSync(path)) return path
  throw new SetupError(
    `Dailies needs Node 24 on ${process.platform}-${process.arch}. Install it from https://nodejs.org, then try again.`,
  )
}
