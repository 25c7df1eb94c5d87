import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { SetupError } from './setup-error.mjs'

const RELEASES = 'https://github.com/yt-dlp/yt-dlp/releases/latest/download'

/** Days since a release of yt-dlp, by its version (`2023.03.04`); undefined when it is not a date. */
export function releaseAgeDays(version, now = Date.now()) {
  const [, year, month, day] = /^(\d{4})\.(\d{1,2})\.(\d{1,2})/.exec(version) ?? []
  return year === undefined
    ? undefined
    : Math.floor((now - Date.UTC(Number(year), Number(month) - 1, Number(day))) / 86_400_000)
}

/** Sites change faster than distributions: an older yt-dlp fails on many of them, days. */
export const OLD_AFTER_DAYS = 60

/**
 * Fetches the official release, compares it with the checksum beside it, and puts it at `target`. Throws SetupError when it
 * cannot be reached or is not what its checksum says; nothing is changed then.
 * @param {string} target path of the file that is made
 * @param {string} [releases] where the releases lie
 */
export async function fetchYtDlp(target, releases = RELEASES) {
  const asset = assetName()
  const sums = (await download(`${releases}/SHA2-256SUMS`)).toString('utf8')
  const expected = sums
    .split('\n')
    .map((line) => line.trim().split(/\s+\*?/))
    .find(([, name]) => name === asset)?.[0]
  if (expected === undefined) throw new SetupError(`The releases of yt-dlp have no checksum of ${asset}.`)
  const bytes = await download(`${releases}/${asset}`)
  const actual = createHash('sha256').update(bytes).digest('hex')
  if (actual !== expected.toLowerCase())
    throw new SetupError(`The downloaded ${asset} is not what its checksum says: nothing was changed.`)
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(`${target}.new`, bytes)
  chmodSync(`${target}.new`, 0o755)
  renameSync(`${target}.new`, target)
}

function assetName() {
  if (process.platform === 'darwin') return 'yt-dlp_macos'
  return process.arch === 'arm64' ? 'yt-dlp_linux_aarch64' : 'yt-dlp_linux'
}

async function download(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(120_000) })
    if (!response.ok) throw new Error(`status ${response.status}`)
    return Buffer.from(await response.arrayBuffer())
  } catch (error) {
    throw new SetupError(`${url} cannot be reached (${error.cause?.code ?? error.message}).`)
  }
}
