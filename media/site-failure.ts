import { AppError } from '#core/errors.ts'

/** What yt-dlp says (last line that begins with ERROR) → what it means. First match wins. */
const MEANINGS: readonly [
  RegExp,
  'PRIVATE_ADDRESS' | 'NOT_MEDIA' | 'SOURCE_REFUSED' | 'DEAD_URL' | 'TOO_LARGE' | 'NETWORK' | 'TIMEOUT',
][] = [
  [/PRIVATE_ADDRESS/u, 'PRIVATE_ADDRESS'],
  [/TOO_LARGE/u, 'TOO_LARGE'],
  [
    /\bDEAD_URL\b|HTTP Error (?:404|410)|Name or service not known|No address associated|CERTIFICATE_VERIFY_FAILED|Connection refused/u,
    'DEAD_URL',
  ],
  [
    /Unsupported URL|No video formats found|no suitable (?:InfoExtractor|extractor)|no media found|there(?:'s| is) no video/iu,
    'NOT_MEDIA',
  ],
  [
    /private video|sign in|log ?in|account|members|subscri|not available in your|geo|age[- ]restrict|confirm your age|unavailable|removed|drm|copyright|premium|purchase|payment|HTTP Error (?:401|403|451)/iu,
    'SOURCE_REFUSED',
  ],
  [/timed? ?out|HTTP Error 504/iu, 'TIMEOUT'],
  [
    /HTTP Error (?:429|5\d\d)|connection|network|NETWORK|incomplete|temporar|urlopen|remote end|ssl|unable to download/iu,
    'NETWORK',
  ],
]

/** yt-dlp's failure in the studio's codes; any other error as it is. */
export function siteFailure(error: unknown, url: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'TOOL_FAILED') return error
  const stderr = String(error.data['stderr'] ?? '')
  const said = lastError(stderr)
  // ffmpeg may not fetch (yt-dlp.ts), and asks for nothing else: encrypted playlists, as of sites that let nobody download
  if (/delegated to ffmpeg/u.test(stderr)) return new AppError('SOURCE_REFUSED', said.slice(0, 300), { cause: error })
  const code = MEANINGS.find(([pattern]) => pattern.test(said))?.[1]
  if (code === undefined) return error
  const status = Number(/HTTP Error (\d{3})/u.exec(said)?.[1] ?? Number.NaN)
  const data = {
    NOT_MEDIA: { found: 'HTML' },
    SOURCE_REFUSED: { reason: plainReason(said) },
    DEAD_URL: { host: new URL(url).host, ...(Number.isFinite(status) ? { status } : {}) },
    PRIVATE_ADDRESS: { host: new URL(url).host },
    NETWORK: { host: new URL(url).host },
    TIMEOUT: {},
    TOO_LARGE: {},
  }[code]
  return new AppError(code, said.slice(0, 300), { cause: error, data })
}

function lastError(stderr: string): string {
  return stderr.split('\n').findLast((line) => line.startsWith('ERROR:')) ?? stderr
}

/** `ERROR: [youtube] abc: Private video. Sign in if…; please report …` → its first sentence. */
function plainReason(said: string): string {
  const words = said.replace(/^ERROR:\s*(?:\[[^\]]*\]\s*)?(?:[\w-]+:\s*)?/u, '')
  return (
    words
      .split(/[.;](?:\s|$)/u)[0]
      ?.trim()
      .slice(0, 160) ?? said.slice(0, 160)
  )
}
