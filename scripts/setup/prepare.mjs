import { generateClient, isClientStale } from './client.mjs'
import { withSetupLock } from './lock.mjs'
import { arePackagesStale, installPackages } from './packages.mjs'
import { SetupError } from './setup-error.mjs'
import { ensureTools, missingTools } from './tools.mjs'

/**
 * Makes the clone ready to run. Looks first, in a few milliseconds, and does only what is missing; of two set-ups at once,
 * the second waits and finds everything done. Throws SetupError with what to do.
 * @param {{ tests?: boolean, tools?: boolean }} options
 */
export async function prepare(options) {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new SetupError(
      `Dailies needs Node 20 or newer; this is ${process.versions.node}. Install it from https://nodejs.org, then try again.`,
    )
  }
  if (isReady(options)) return
  await withSetupLock(async () => {
    if (arePackagesStale()) await installPackages()
    if (options.tools !== false) await ensureTools({ tests: options.tests === true })
    // after the tools: Prisma warns where there is no openssl, which comes with them
    if (isClientStale()) await generateClient()
  })
}

function isReady({ tests, tools }) {
  return (
    !arePackagesStale() && !isClientStale() && (tools === false || missingTools({ tests: tests === true }).length === 0)
  )
}
