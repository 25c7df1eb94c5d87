import { readFileSync, writeFileSync } from 'node:fs'
import { findCommand, findTool } from './find-tool.mjs'
import { PROJECT } from './project.mjs'
import { runVisibly } from './run-visibly.mjs'
import { SetupError } from './setup-error.mjs'
import { TOOLS } from './tool-list.mjs'

/** Packages that a package manager installed for us: what we do not find afterwards lies elsewhere, and is not asked for again. */
const STAMP = new URL('node_modules/.dailies-tools.json', PROJECT)

/** Seconds that another installation on this machine may take. */
const WAIT_FOR_APT = 'DPkg::Lock::Timeout=300'

/** Tools that are not there and could be. */
export function missingTools({ tests, stamp = STAMP }) {
  const manager = packageManager()
  const stamped = installedByUs(stamp)
  return TOOLS.filter((tool) => {
    if (tool.tests && !tests) return false
    const packages = tool[manager]
    if (packages === undefined || findTool(tool) !== undefined) return false
    return tool.commands !== undefined || !packages.every((name) => stamped.includes(name))
  })
}

/** Installs what is missing where it may: as root with apt, or with brew. Throws SetupError with the one command to type. */
export async function ensureTools({ tests, stamp = STAMP }) {
  const missing = missingTools({ tests, stamp })
  if (missing.length === 0) return
  const manager = packageManager()
  const packages = packagesOf(missing)
  if (manager === 'apt' && findCommand('apt-get') === undefined) throw new SetupError(unknownSystem(missing))
  if (mustBeTyped())
    throw new SetupError(
      `Some tools are missing: ${names(missing)}. Install them with this command, then try again:\n\n  ${typed(packages)}\n`,
    )
  process.stdout.write(`Installing ${names(missing)} …\n`)
  await install(manager, packages)
  writeFileSync(stamp, JSON.stringify([...new Set([...installedByUs(stamp), ...packages])]))
  const still = missingTools({ tests, stamp })
  if (still.length > 0)
    throw new SetupError(`${names(still)}: installed, but not found in PATH. Add their folder to PATH, then try again.`)
}

/** How a person gets the tools that are missing, in words; undefined when nothing is. */
export function adviceOnTools() {
  const missing = missingTools({ tests: false })
  if (missing.length === 0) return undefined
  if (packageManager() === 'apt' && findCommand('apt-get') === undefined) return unknownSystem(missing)
  if (!mustBeTyped()) return 'The first `npm start` installs the missing tools.'
  return `The missing tools are installed with this command:\n\n  ${typed(packagesOf(missing))}`
}

async function install(manager, packages) {
  const commands =
    manager === 'brew'
      ? [['brew', ['install', ...packages]]]
      : [
          // an installation that was cut short (ours, by Ctrl-C) is finished first: apt refuses to go on before
          ['dpkg', ['--configure', '-a']],
          ['apt-get', ['update', '-qq']],
          ['apt-get', ['install', '-y', '-qq', '--no-install-recommends', '-o', WAIT_FOR_APT, ...packages]],
        ]
  for (const [command, args] of commands) {
    const status = await runVisibly(command, args, { env: { DEBIAN_FRONTEND: 'noninteractive' } })
    const line = [command, ...args].join(' ')
    if (status !== 0 && args[0] === 'install')
      throw new SetupError(`\`${line}\` failed with status ${status}. When the reason above is mended, try again.`)
  }
}

/** Homebrew where it is the system's way; apt is also what the words for a person are made for. */
function packageManager() {
  return process.platform === 'darwin' || (findCommand('apt-get') === undefined && findCommand('brew') !== undefined)
    ? 'brew'
    : 'apt'
}

/** Only root installs with apt; brew asks nobody. */
function mustBeTyped() {
  return packageManager() === 'apt' && process.getuid?.() !== 0
}

function typed(packages) {
  return `sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}'`
}

function packagesOf(missing) {
  const manager = packageManager()
  return [...new Set(missing.flatMap((tool) => tool[manager]))]
}

function unknownSystem(missing) {
  return `Some tools are missing: ${names(missing)}. Install them with this system's package manager, then try again.`
}

function names(tools) {
  return tools.map((tool) => tool.name).join(', ')
}

function installedByUs(stamp) {
  try {
    return JSON.parse(readFileSync(stamp, 'utf8'))
  } catch {
    return []
  }
}
