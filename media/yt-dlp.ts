import { EventEmitter } from 'node:events'
import { readdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import ytDlpWrap, { type YTDlpEventEmitter } from 'yt-dlp-wrap'
import { AppError } from '#core/errors.ts'
import { run } from '#core/run.ts'
import { assertBytes } from './caps.ts'
import { pickCaptions } from './caption-choice.ts'
import type { Downloaded, DownloadRequest } from './download.ts'
import { FOREIGN_INPUT } from './foreign-input.ts'
import { siteFailure } from './site-failure.ts'
import { readSiteInfo, type SiteInfo } from './site-info.ts'

// CommonJS: Node gives its exports, bundlers and test runners its default export
const wrapper = 'default' in ytDlpWrap ? ytDlpWrap.default : (ytDlpWrap as typeof import('yt-dlp-wrap').default)
const MARK = 'dailies'
/** Only what yt-dlp itself can fetch through the proxy, up to 1080 lines: a dub copies the picture as it is. */
const PLAIN = "[protocol~='^(https?|m3u8_native|m3u8|http_dash_segments)$']"
const FORMATS = `bv*${PLAIN}+ba${PLAIN}/b${PLAIN}/ba${PLAIN}`

/**
 * Fetches what a page shows, in three steps: what it is (so that caps hold before a byte is loaded), the file itself, its
 * captions. Works with yt-dlp from 2023 on.
 * @throws AppError as `download`
 */
export async function ytDlp(request: DownloadRequest): Promise<Downloaded> {
  const info = await readInfo(request)
  refuseByInfo(info, request)
  const infoFile = path.join(request.workDir, 'yt-dlp.json')
  await writeFile(infoFile, info.json)
  await fetchFile(request, info, infoFile)
  const file = await fetched(request)
  const choice = pickCaptions(info, request.language)
  const { title, language, durationMs } = info
  return {
    ...file,
    title: title ?? new URL(request.url).hostname,
    ...(language === undefined ? {} : { language }),
    ...(durationMs === undefined ? {} : { durationMs }),
    captions: choice ? await fetchCaptions(request, infoFile, choice) : [],
  }
}

async function readInfo(request: DownloadRequest): Promise<SiteInfo> {
  const { stdout } = await start(request, ['--dump-single-json', '--format', FORMATS, '--', request.url])
  return readSiteInfo(stdout)
}

function refuseByInfo(info: SiteInfo, { caps }: DownloadRequest): void {
  if (info.live) throw new AppError('SOURCE_REFUSED', 'a live stream has no end', { data: { reason: 'live' } })
  if (info.durationMs !== undefined && info.durationMs > caps.maxMs) {
    throw new AppError('TOO_LONG', 'the source is too long', {
      data: { durationMs: info.durationMs, maxMs: caps.maxMs },
    })
  }
  if (info.bytes !== undefined) assertBytes(info.bytes, caps)
}

async function fetchFile(request: DownloadRequest, info: SiteInfo, infoFile: string): Promise<void> {
  const progress = createProgress(request, info)
  const args = [
    ...[
      '--load-info-json',
      infoFile,
      '--format',
      FORMATS,
      '--format-sort',
      'res:1080,vcodec:h264,ext:mp4:m4a',
      '--merge-output-format',
      'mkv',
    ],
    ...[
      '--output',
      'source.%(ext)s',
      '--max-filesize',
      String(request.caps.maxBytes),
      '--no-mtime',
      '--fixup',
      'never',
      '--hls-prefer-native',
    ],
    ...[
      '--newline',
      '--progress',
      '--progress-template',
      `download:${MARK} %(progress.downloaded_bytes)s %(progress.total_bytes)s %(progress.total_bytes_estimate)s %(progress.speed)s`,
    ],
    // merging opens what a stranger sent
    ...['--postprocessor-args', `ffmpeg_i:${FOREIGN_INPUT.join(' ')}`],
    // what yt-dlp cannot fetch by itself (encrypted playlists) it hands to ffmpeg, which would fetch what the playlist says
    ...['--downloader-args', 'ffmpeg_i:-protocol_whitelist file,pipe'],
  ]
  const { stdout } = await start(request, args, progress)
  if (/larger than max-filesize/iu.test(stdout))
    throw new AppError('TOO_LARGE', 'the source is too large', { data: { maxBytes: request.caps.maxBytes } })
}

/** `--max-filesize` and some failures end well without a file: what counts is what lies there. */
async function fetched({ workDir, caps }: DownloadRequest): Promise<{ path: string; bytes: number }> {
  const names = (await readdir(workDir)).filter(
    (name) => /^source\.\w+$/u.test(name) && !/\.(?:part|ytdl|bin|temp)$/u.test(name),
  )
  const [name] = names
  if (name === undefined) throw new AppError('NETWORK', 'yt-dlp ended without a file')
  const file = path.join(workDir, name)
  const { size: bytes } = await stat(file)
  if (bytes === 0) throw new AppError('EMPTY_FILE', 'the site gave a file without bytes')
  assertBytes(bytes, caps)
  return { path: file, bytes }
}

/** Captions are a help, never a condition: a source without them is recognised. */
async function fetchCaptions(
  request: DownloadRequest,
  infoFile: string,
  choice: { key: string; language: string; automatic: boolean },
): Promise<Downloaded['captions']> {
  // languages are patterns to yt-dlp
  const pattern = choice.key.replaceAll(/[^\w-]/gu, String.raw`\$&`)
  const kind = choice.automatic ? '--write-auto-subs' : '--write-subs'
  try {
    await start(request, [
      '--load-info-json',
      infoFile,
      '--skip-download',
      kind,
      '--sub-langs',
      pattern,
      '--sub-format',
      'vtt/srt',
      '--output',
      'captions.%(ext)s',
    ])
  } catch (error) {
    if (error instanceof AppError && error.code !== 'CANCELLED' && !request.signal.aborted) return []
    throw error
  }
  const name = (await readdir(request.workDir)).find((each) => /^captions\..+\.(?:vtt|srt)$/u.test(each))
  return name === undefined
    ? []
    : [{ path: path.join(request.workDir, name), language: choice.language, automatic: choice.automatic }]
}

async function start(
  request: DownloadRequest,
  args: readonly string[],
  onLine?: (line: string) => void,
): Promise<{ stdout: string }> {
  const { signal, workDir, egress } = request
  const binary = new wrapper(request.ytDlpPath ?? 'yt-dlp').getBinaryPath()
  const common = [
    ...['--ignore-config', '--no-update', '--no-cache-dir', '--no-playlist', '--playlist-items', '1'],
    ...[
      '--socket-timeout',
      '30',
      '--retries',
      '5',
      '--fragment-retries',
      '5',
      '--extractor-retries',
      '2',
      ...(await scriptRuntime(binary, request)),
    ],
  ]
  try {
    return await run(binary, [...common, ...args], {
      signal,
      workDir,
      cwd: workDir,
      // not as `--proxy`: arguments are open to all users of a machine, and this address holds a password
      env: { http_proxy: egress.proxyUrl, https_proxy: egress.proxyUrl, all_proxy: egress.proxyUrl },
      maxOutputBytes: 64 * 1024 * 1024,
      ...(onLine ? { onLine } : {}),
    })
  } catch (error) {
    throw siteFailure(error, request.url)
  }
}

const runtimes = new Map<string, Promise<string[]>>()

/** New versions run a site's scripts in Node, when they are told where it is. Asked once per binary. */
function scriptRuntime(binary: string, { workDir }: DownloadRequest): Promise<string[]> {
  const known =
    runtimes.get(binary) ??
    run(binary, ['--ignore-config', '--help'], { workDir, timeoutMs: 30_000 }).then(({ stdout }) =>
      stdout.includes('--js-runtimes') ? ['--js-runtimes', `node:${process.execPath}`] : [],
    )
  runtimes.set(binary, known)
  known.catch(() => runtimes.delete(binary))
  return known
}

/** Our own lines carry the numbers; the wrapper's events tell when the next file (picture, then sound) begins. */
function createProgress({ onProgress }: DownloadRequest, info: SiteInfo): (line: string) => void {
  const events = new EventEmitter()
  let begun = 0
  events.on('ytDlpEvent', (type: string, text: string) => {
    if (type === 'download' && text.includes('Destination:')) begun += 1
  })
  return (line) => {
    if (!line.startsWith(`${MARK} `)) return wrapper.emitYoutubeDlEvents(line, events as YTDlpEventEmitter)
    const [bytes = 0, exact = 0, estimate = 0, speed = 0] = line
      .slice(MARK.length + 1)
      .split(' ')
      .map((word) => Number(word) || 0)
    const total = exact || estimate
    const files = Math.max(info.files, begun)
    const ratio = total > 0 ? (Math.max(0, begun - 1) + Math.min(1, bytes / total)) / files : 0
    const left = total > 0 && speed > 0 ? Math.round((total - bytes) / speed) : undefined
    onProgress?.({
      ratio,
      bytes,
      bytesPerSecond: Math.round(speed),
      ...(left === undefined ? {} : { etaSeconds: left }),
    })
  }
}
