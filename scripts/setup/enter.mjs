// How every script of package.json begins: dependency-free, on Node 20 or newer, with or without node_modules.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'
import { prepare } from './prepare.mjs'
import { packagedNode, runsTypeScript } from './node.mjs'
import { PROJECT } from './project.mjs'
import { SetupError } from './setup-error.mjs'

/**
 * Makes the clone ready (packages, database client, system tools), then runs a TypeScript entry under a Node that can,
 * with this process's arguments. Ends the process with the entry's status; with 1 and the reason when set-up cannot go on.
 * @param {string} entry path below the project, e.g. 'scripts/start.ts'
 * @param {{ tests?: boolean, tools?: boolean, nodeFlags?: string[] }} [options] tests: also what only tests need; tools false: system tools are not looked at
 */
export async function enter(entry, options = {}) {
  try {
    await prepare(options)
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    process.stderr.write(`\n${error.message}\n`)
    process.exit(1)
  }
  const script = fileURLToPath(new URL(entry, PROJECT))
  const flags = ['--disable-warning=ExperimentalWarning', ...(options.nodeFlags ?? [])]
  process.exit(
    await runEntry(runsTypeScript() ? process.execPath : packagedNode(), [...flags, script, ...process.argv.slice(2)]),
  )
}

/** Runs the entry in the terminal; its channel tells it when we are killed. */
function runEntry(node, args) {
  const NODE_COMPILE_CACHE =
    process.env.NODE_COMPILE_CACHE || fileURLToPath(new URL('node_modules/.cache/node', PROJECT))
  const child = spawn(node, args, {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE },
  })
  // a terminal's Ctrl-C reaches the entry by itself; it decides when we end
  process.on('SIGINT', () => undefined)
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  stopWithNpm(child)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}

/** npm may end on SIGTERM without passing it on: what it ran ends with it. */
function stopWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    child.kill('SIGTERM')
  }, 250)
  timer.unref()
}
