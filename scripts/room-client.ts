import { openAsBlob } from 'node:fs'
import path from 'node:path'
import type { RenderedCard } from '#bot/surface.ts'

/** A post as the room's HTTP API shows it (docs/room-api.md). */
export interface RoomPost {
  readonly id: string
  readonly key: string
  readonly revision: number
  readonly postedAt: string
  readonly card: RenderedCard
}

export interface RoomThread {
  readonly id: string
  readonly title: string
  readonly posts: readonly RoomPost[]
}

/** The room refused a call: the HTTP status and the problem's words (RFC 9457). */
export class RoomRefusal extends Error {
  override readonly name = 'RoomRefusal'
  readonly status: number
  constructor(status: number, detail: string) {
    super(detail)
    this.status = status
  }
}

/** What a script or a test drives: the same calls that the page makes. */
export interface RoomClient {
  /** types a message, with files by path; returns the thread that it opened or was typed in */
  say(text: string, options?: { thread?: string; files?: readonly string[] }): Promise<string>
  threads(): Promise<readonly { id: string; title: string; updatedAt: string }[]>
  thread(id: string): Promise<RoomThread>
  /** clicks a button, chooses, or sends a form */
  act(token: string, values?: Readonly<Record<string, string>>): Promise<void>
  /** the bytes behind a card's media url */
  download(url: string): Promise<Buffer>
  /** looks at the thread whenever the room says that something changed, until `found` answers */
  watch<T>(
    thread: string,
    found: (thread: RoomThread) => T | undefined | Promise<T | undefined>,
    timeoutMs: number,
  ): Promise<T>
}

const RESTART_PAUSE_MS = 250
const RESTART_TRIES = 80

export function createRoomClient({ baseUrl, password }: { baseUrl: string; password?: string }): RoomClient {
  const authorization: Record<string, string> = password === undefined ? {} : { authorization: `Bearer ${password}` }
  const { call, read } = createCalls(baseUrl, authorization)

  async function thread(id: string): Promise<RoomThread> {
    return (await (await read(`/room/threads/${encodeURIComponent(id)}`)).json()) as RoomThread
  }

  return {
    thread,
    async say(text, { thread: into, files = [] } = {}) {
      const body =
        files.length === 0
          ? { text, ...(into === undefined ? {} : { thread: into }) }
          : await messageForm(text, into, files)
      const answer = (await (await call('POST', '/room/messages', body)).json()) as { thread: string }
      return answer.thread
    },
    async threads() {
      return (await (await read('/room/threads')).json()) as { id: string; title: string; updatedAt: string }[]
    },
    async act(token, values) {
      await call('POST', `/room/actions/${encodeURIComponent(token)}`, values === undefined ? {} : { values })
    },
    async download(url) {
      return Buffer.from(await (await read(url)).arrayBuffer())
    },
    async watch(id, found, timeoutMs) {
      const deadline = AbortSignal.timeout(timeoutMs)
      const stop = new AbortController()
      const signal = AbortSignal.any([deadline, stop.signal])
      try {
        for await (const _change of changes(new URL('/room/events', baseUrl), authorization, signal)) {
          const answer = await found(await thread(id))
          if (answer !== undefined) return answer
        }
      } catch (thrown) {
        if (!deadline.aborted) throw thrown
      } finally {
        stop.abort()
      }
      throw new Error(
        `nothing found in thread ${id} within ${timeoutMs} ms: ${JSON.stringify(summary(await thread(id)))}`,
      )
    },
  }
}

function createCalls(baseUrl: string, authorization: Record<string, string>) {
  async function call(method: string, url: string, body?: FormData | object): Promise<Response> {
    const form = body instanceof FormData
    const response = await fetch(new URL(url, baseUrl), {
      method,
      headers: { ...authorization, ...(body === undefined || form ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    })
    if (!response.ok) throw await refusal(response)
    return response
  }

  /** Reads once more while a part of the studio is being started again: reading has no effect. */
  async function read(url: string): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await call('GET', url)
      } catch (thrown) {
        if (attempt === RESTART_TRIES || (thrown instanceof RoomRefusal && thrown.status !== 503)) throw thrown
        await new Promise((resolve) => setTimeout(resolve, RESTART_PAUSE_MS))
      }
    }
  }

  return { call, read }
}

/** Yields once connected and at every event or heartbeat after that; reconnects when the bot restarts. */
async function* changes(url: URL, headers: Record<string, string>, signal: AbortSignal): AsyncGenerator<void> {
  while (!signal.aborted) {
    try {
      const response = await fetch(url, { headers, signal })
      if (!response.ok || response.body === null) throw await refusal(response)
      // first connect, then look: a change between a look and the connection would be missed
      yield
      for await (const _chunk of response.body) yield
    } catch (thrown) {
      // 503: a part of the studio is being started again
      if (signal.aborted || (thrown instanceof RoomRefusal && thrown.status !== 503)) throw thrown
    }
    await new Promise((resolve) => setTimeout(resolve, RESTART_PAUSE_MS))
  }
}

async function messageForm(text: string, into: string | undefined, files: readonly string[]): Promise<FormData> {
  const form = new FormData()
  form.set('text', text)
  if (into !== undefined) form.set('thread', into)
  for (const file of files) form.append('files', await openAsBlob(file), path.basename(file))
  return form
}

async function refusal(response: Response): Promise<RoomRefusal> {
  const text = await response.text()
  return new RoomRefusal(response.status, detailOf(text) ?? `${response.status} ${text.slice(0, 200)}`)
}

function detailOf(text: string): string | undefined {
  try {
    const problem = JSON.parse(text) as { detail?: string; title?: string }
    return problem.detail ?? problem.title
  } catch {
    return undefined
  }
}

function summary(thread: RoomThread): object {
  return thread.posts.map((post) => ({
    key: post.key,
    tone: post.card.tone,
    title: post.card.title,
    text: post.card.text?.slice(0, 120),
  }))
}
