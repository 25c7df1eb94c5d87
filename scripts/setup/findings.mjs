import { execFile } from 'node:child_process'
import { statfsSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { dirname } from 'node:path'
import { isClientStale } from './client.mjs'
import { findCommand, findTool } from './find-tool.mjs'
import { KEYS } from './key-list.mjs'
import { packagedNode, runsTypeScript } from './node.mjs'
import { arePackagesStale } from './packages.mjs'
import { TOOLS } from './tool-list.mjs'
import { OLD_AFTER_DAYS, releaseAgeDays } from './yt-dlp.mjs'

const GIB = 1024 ** 3
/** A few films and what is made of them. */
const LITTLE_DISK_BYTES = 5 * GIB

/** The machine, and the Node that the studio runs on. */
export function machineRows() {
  const memory = (totalmem() / GIB).toFixed(1)
  const gpu = findCommand('nvidia-smi')
  return [
    {
      mark: '✓',
      name: 'machine',
      version: `${process.platform}-${process.arch}`,
      adds: `${availableParallelism()} cores, ${memory} GiB of memory`,
    },
    {
      mark: '✓',
      name: 'Node',
      version: process.versions.node,
      adds: runsTypeScript() ? 'runs the studio' : `starts the studio, which runs on its own Node (${ownNode()})`,
    },
    {
      mark: gpu ? '✓' : '–',
      name: 'NVIDIA GPU',
      version: gpu ? 'there' : 'none',
      adds: 'faster encoding and local models (GPU_DEVICES)',
    },
  ]
}

export function packageRows() {
  const packages = arePackagesStale()
  const client = packages || isClientStale()
  const row = (name, stale) => ({
    mark: stale ? '–' : '✓',
    name,
    version: stale ? 'not yet' : 'ready',
    adds: stale ? 'made by the first `npm start`' : 'nothing to do',
  })
  return [row('npm packages', packages), row('database client', client)]
}

export function diskRow(dataDir) {
  let folder = dataDir
  for (;;) {
    try {
      const { bavail, bsize } = statfsSync(folder)
      const free = bavail * bsize
      return {
        mark: free < LITTLE_DISK_BYTES ? '!' : '✓',
        name: 'disk',
        version: `${(free / GIB).toFixed(1)} GiB`,
        adds: `free for ${dataDir}`,
      }
    } catch {
      // not made yet: the folder it will be made in
      if (dirname(folder) === folder) return { mark: '!', name: 'disk', version: 'unknown', adds: dataDir }
      folder = dirname(folder)
    }
  }
}

/** @param {string | undefined} ytDlpPath a yt-dlp that wins over the one in PATH */
export async function toolRows(ytDlpPath) {
  return await Promise.all(TOOLS.map((tool) => (tool.name === 'yt-dlp' ? ytDlpRow(tool, ytDlpPath) : toolRow(tool))))
}

/** Whether keys are set; never what they are. */
export function keyRows() {
  return KEYS.map(({ name, adds }) => ({
    mark: process.env[name] ? '✓' : '–',
    name,
    version: process.env[name] ? 'set' : 'not set',
    adds,
  }))
}

async function toolRow(tool) {
  const path = findTool(tool)
  const { name, adds } = tool
  if (path === undefined)
    return {
      mark: tool.tests ? '–' : '✗',
      name,
      version: 'missing',
      adds: tool.tests ? `${adds} (npm test installs it)` : adds,
    }
  const version = tool.version === undefined ? 'there' : await toolVersion(path, tool.version)
  return { mark: version === 'does not run' ? '!' : '✓', name, version, adds }
}

async function ytDlpRow(tool, ytDlpPath) {
  const row = await toolRow(ytDlpPath === undefined ? tool : { ...tool, commands: undefined, files: [ytDlpPath] })
  const age = releaseAgeDays(row.version)
  if (age === undefined || age <= OLD_AFTER_DAYS) return row
  const advice = `yt-dlp ${row.version} is ${age} days old: too old for many sites. \`npm run doctor -- --update-yt-dlp\` fetches the official release, or set YTDLP_PATH.`
  return { ...row, mark: '!', advice }
}

/** The first number in what a tool says about itself. */
function toolVersion(path, args) {
  return new Promise((done) => {
    execFile(path, args, { timeout: 10_000 }, (error, stdout, stderr) => {
      const found = /\d+(?:\.\d+)+[\w.-]*/.exec(`${stdout}\n${stderr}`)?.[0]
      done(found ?? (error ? 'does not run' : 'there'))
    })
  })
}

function ownNode() {
  try {
    return packagedNode() && '24'
  } catch {
    return 'not installed yet'
  }
}
