import { open } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError, toAppError } from '#core/errors.ts'
import { sniff } from '#domain/sniff.ts'
import { assertBytes } from './caps.ts'
import type { Downloaded, DownloadRequest } from './download.ts'
import { createSpeedometer } from './speedometer.ts'

const MAX_RETRIES = 5
const PLAYLIST = /mpegurl|dash\+xml|vnd\.apple|x-scpls|xspf/iu
const PAGE = /^(?:text\/html|application\/xhtml)/iu

/**
 * Fetches the file behind an address, going on where a broken connection stopped (Range). Undefined when a page is there
 * instead of a file, or the site wants another kind of visitor: then yt-dlp may know more.
 */
export async function downloadDirect(request: DownloadRequest): Promise<Downloaded | undefined> {
  const first = await ask(request, 0, undefined)
  if (first === 'page') return undefined
  const file = path.join(request.workDir, 'source.bin')
  const state: State = { at: 0, total: first.total, validator: first.validator, ranges: first.ranges }
  const speed = createSpeedometer(request.onProgress)
  let answer: Answer | undefined = first
  let failures = 0
  while (answer) {
    const before = state.at
    try {
      if ((await receive(request, answer, file, state, speed.report)) === 'page') return undefined
      break
    } catch (error) {
      failures = state.at > before ? 1 : failures + 1
      if (!mayGoOn(request, state, error) || failures > MAX_RETRIES) throw error
      answer = await again(request, state, failures)
    }
  }
  if (state.at === 0) throw new AppError('EMPTY_FILE', 'the address gives a file without bytes')
  return { path: file, bytes: state.at, title: nameOf(request.url), captions: [] }
}

interface State {
  at: number
  readonly total: number | undefined
  readonly validator: string | undefined
  readonly ranges: boolean
}

interface Answer {
  readonly response: Response
  readonly total: number | undefined
  /** ETag or date: what we go on with must be the same file */
  readonly validator: string | undefined
  readonly ranges: boolean
}

async function ask(
  { egress, url, signal, caps }: DownloadRequest,
  from: number,
  validator: string | undefined,
): Promise<Answer | 'page'> {
  const range = from > 0 ? { range: `bytes=${from}-`, ...(validator ? { 'if-range': validator } : {}) } : {}
  // media must come as it is stored: a compressed answer has no ranges
  const response = await egress
    .fetch(url, { signal, headers: { accept: '*/*', 'accept-encoding': 'identity', ...range } })
    .catch((error: unknown) => {
      throw asStopped(signal, error)
    })
  const { headers } = response
  const type = headers.get('content-type') ?? ''
  const refused = refusal(response, url)
  if (refused || PAGE.test(type) || PLAYLIST.test(type) || /^image\/svg/iu.test(type)) {
    await response.body?.cancel()
    if (refused && refused !== 'page') throw refused
    if (refused === 'page' || PAGE.test(type)) return 'page'
    throw new AppError('FORBIDDEN_FORMAT', 'a list that points elsewhere', {
      data: { format: /svg/iu.test(type) ? 'SVG' : 'playlist' },
    })
  }
  const length = Number(headers.get('content-length') ?? Number.NaN)
  const total = Number.isFinite(length) ? length + (response.status === 206 ? from : 0) : undefined
  if (total !== undefined) {
    try {
      assertBytes(total, caps)
    } catch (error) {
      await response.body?.cancel()
      throw error
    }
  }
  return {
    response,
    total,
    validator: headers.get('etag') ?? headers.get('last-modified') ?? undefined,
    ranges: headers.get('accept-ranges') === 'bytes' || response.status === 206,
  }
}

/** What an answer without the file means; 'page' where another visitor may be served. */
function refusal({ status, headers }: Response, url: string): AppError | 'page' | undefined {
  if (status === 200 || status === 206) return undefined
  const data = { host: new URL(url).host, status }
  if (status === 404 || status === 410) return new AppError('DEAD_URL', `the address answers ${status}`, { data })
  if (status === 429 || status >= 500) {
    const seconds = Number(headers.get('retry-after') ?? Number.NaN)
    return new AppError('NETWORK', `the address answers ${status}`, {
      data,
      ...(Number.isFinite(seconds) ? { retryAfterMs: seconds * 1000 } : {}),
    })
  }
  return 'page'
}

async function receive(
  request: DownloadRequest,
  { response }: Answer,
  file: string,
  state: State,
  report: (bytes: number, total?: number) => void,
): Promise<'page' | 'done'> {
  // a server that ignores the range starts again from the beginning
  if (response.status !== 206) state.at = 0
  const out = await open(file, state.at === 0 ? 'w' : 'r+')
  try {
    for await (const chunk of response.body ?? []) {
      if (state.at === 0 && isPage(chunk)) return 'page'
      await out.write(chunk, 0, chunk.length, state.at)
      state.at += chunk.length
      assertBytes(state.at, request.caps)
      report(state.at, state.total)
    }
    return 'done'
  } catch (error) {
    throw asStopped(request.signal, error)
  } finally {
    await out.close()
  }
}

/** HTML that calls itself something else, and lists that point elsewhere, are seen by their first bytes. */
function isPage(chunk: Uint8Array): boolean {
  const kind = sniff(chunk)
  if (kind === 'playlist' || kind === 'svg')
    throw new AppError('FORBIDDEN_FORMAT', 'a list that points elsewhere', { data: { format: kind } })
  return kind === 'html'
}

function mayGoOn({ signal }: DownloadRequest, state: State, error: unknown): boolean {
  const { code } = toAppError(error)
  return !signal.aborted && (code === 'NETWORK' || code === 'TIMEOUT') && (state.ranges || state.at === 0)
}

async function again(request: DownloadRequest, state: State, failures: number): Promise<Answer | undefined> {
  await sleep((request.retryMs ?? 500) * 2 ** (failures - 1), undefined, { signal: request.signal }).catch(
    (error: unknown) => {
      throw asStopped(request.signal, error)
    },
  )
  if (state.total !== undefined && state.at === state.total) return undefined
  const answer = await ask(request, state.at, state.validator)
  if (answer === 'page') throw new AppError('NETWORK', 'the site gave a page instead of the rest of the file')
  return answer
}

function asStopped(signal: AbortSignal, error: unknown): unknown {
  if (!signal.aborted) return error
  return signal.reason instanceof AppError
    ? signal.reason
    : new AppError('CANCELLED', 'the download was stopped', { cause: error })
}

/** The last part of the address without its extension, for people. */
function nameOf(url: string): string {
  const last = new URL(url).pathname.split('/').findLast((part) => part !== '') ?? ''
  let name = last
  try {
    name = decodeURIComponent(last)
  } catch {
    // a stray % is part of the name
  }
  return path.parse(name.replaceAll(/[\p{Cc}/\\]/gu, ' ')).name.slice(0, 200) || new URL(url).hostname
}
