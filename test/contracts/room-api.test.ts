import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildReviewedProject, type ReviewedProject } from '../builders/reviewed-project.ts'
import { startTestRoom, type TestRoom } from '../builders/room.ts'

interface Post {
  readonly id: string
  readonly key: string
  readonly revision: number
  readonly card: {
    readonly title?: string
    readonly text?: string
    readonly fields?: readonly { name: string; value: string }[]
    readonly tone: string
    readonly buttons?: readonly { token: string; verb: string; label: string }[]
    readonly select?: { token: string; verb: string }
    readonly form?: { token: string; verb: string; inputs: readonly { name: string }[] }
    readonly media?: readonly { url: string; mime: string; name: string }[]
  }
}

let room: TestRoom

beforeAll(async () => {
  room = await startTestRoom()
})
afterAll(() => room.stop())

async function posts(thread: string, of = room): Promise<readonly Post[]> {
  const response = await of.call('GET', `/room/threads/${thread}`)
  expect(response.status).toBe(200)
  return ((await response.json()) as { posts: Post[] }).posts
}

/** Waits for the thread to show it: the room is told by PostgreSQL, so this is a matter of moments. */
async function shown(
  thread: string,
  key: string,
  found: (post: Post) => boolean = () => true,
  of = room,
): Promise<Post> {
  return expect
    .poll(async () => (await posts(thread, of)).findLast((post) => post.key === key && found(post)), {
      timeout: 15_000,
      interval: 50,
    })
    .toBeDefined()
    .then(async () => (await posts(thread, of)).findLast((post) => post.key === key && found(post)) as Post)
}

function tokenOf(post: Post, verb: string): string {
  const { buttons = [], select, form } = post.card
  const offer = [...buttons, ...(select ? [select] : []), ...(form ? [form] : [])].find(
    (candidate) => candidate.verb === verb,
  )
  if (!offer) throw new Error(`${post.key} offers no ${verb}`)
  return offer.token
}

const act = (token: string, body: object = {}, of = room) => of.call('POST', `/room/actions/${token}`, body)

describe('messages', () => {
  test('an answer without a project is a post in the lobby', async () => {
    const response = await room.call('POST', '/room/messages', { text: '/help' })
    expect(response.status).toBe(202)
    expect(await response.json()).toEqual({ thread: 'lobby' })
    expect(
      (await posts('lobby')).some((post) => post.card.fields !== undefined || post.card.text?.includes('/help')),
    ).toBe(true)
  })

  test('a wrong command is a problem in words, and opens nothing', async () => {
    const before = await (await room.call('GET', '/room/threads')).json()
    const response = await room.call('POST', '/room/messages', { text: '/dubb x' })
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(await response.json()).toMatchObject({
      status: 400,
      code: 'UNKNOWN_COMMAND',
      detail: expect.stringContaining('/dub'),
    })
    expect(await (await room.call('GET', '/room/threads')).json()).toEqual(before)
  })

  test('a file is kept before the message is accepted, and offered', async () => {
    const form = new FormData()
    form.set('text', '')
    form.append('files', new Blob([Buffer.from('not really a video')]), 'talk.mp4')
    const response = await room.call('POST', '/room/messages', form)
    expect(response.status).toBe(202)
    const offer = (await posts('lobby')).at(-1) as Post
    expect(offer.card.buttons?.map((button) => button.verb)).toEqual(['dub', 'subtitles', 'transcribe'])
    const file = offer.card.media?.[0]
    expect(file).toMatchObject({ name: 'talk.mp4', mime: 'video/mp4' })
    expect(await (await room.call('GET', file?.url ?? '')).text()).toBe('not really a video')
  })

  test('a bare link is offered, talk is answered with a hint', async () => {
    await room.call('POST', '/room/messages', { text: 'https://example.org/talk.mp4' })
    expect((await posts('lobby')).at(-1)?.card).toMatchObject({ text: 'https://example.org/talk.mp4', tone: 'ask' })
    await room.call('POST', '/room/messages', { text: 'good morning' })
    expect((await posts('lobby')).at(-1)?.card.text).toContain('/dub')
  })

  test('an empty thread is the lobby', async () => {
    const form = new FormData()
    for (const [name, value] of Object.entries({ text: '/help', thread: '' })) form.set(name, value)
    for (const body of [form, { text: '/help', thread: '' }]) {
      const response = await room.call('POST', '/room/messages', body)
      expect([response.status, await response.json()]).toEqual([202, { thread: 'lobby' }])
    }
  })

  test('an unknown thread is 404, a body of another shape 400', async () => {
    expect((await room.call('POST', '/room/messages', { text: '/help', thread: 'thr_nobody' })).status).toBe(404)
    expect((await room.call('POST', '/room/messages', { text: 7 })).status).toBe(400)
  })
})

describe('a project in review', () => {
  let project: ReviewedProject

  beforeAll(async () => {
    project = await buildReviewedProject(room)
  })

  test('shows its status and what waits', async () => {
    const ask = await shown(project.threadId, 'transcript:en')
    expect(ask.card.tone).toBe('ask')
    expect(ask.card.form?.inputs.map((input) => input.name)).toEqual(['line', 'text'])
    expect(ask.card.media?.at(-1)?.name).toMatch(/^dub-\d+\.transcript\.en\.r1\.srt$/)
    const status = await shown(project.threadId, 'status')
    expect(status.card.buttons?.map((button) => button.verb)).toEqual(['pause', 'cancel'])
  })

  test('one line by form makes a new revision of the same post, and its old buttons are stale', async () => {
    const before = await shown(project.threadId, 'transcript:en')
    const stale = tokenOf(before, 'approve')
    const response = await act(tokenOf(before, 'edit'), { values: { line: '2', text: 'Every line can be corrected.' } })
    expect(response.status, await response.clone().text()).toBe(200)
    const after = await shown(
      project.threadId,
      'transcript:en',
      (post) => post.card.text?.includes('Every line can be corrected.') ?? false,
    )
    expect(after.id).toBe(before.id)
    expect(after.revision).toBeGreaterThan(before.revision)
    expect((await act(stale)).status).toBe(410)
  })

  test('an edited file is shown as a diff, and applied', async () => {
    const before = await shown(project.threadId, 'transcript:en')
    const file = before.card.media?.at(-1) as { url: string; name: string }
    const edited = (await (await room.call('GET', file.url)).text()).replace(
      'Good morning, everybody.',
      'Good morning!',
    )
    const form = new FormData()
    form.set('thread', project.threadId)
    form.append('files', new Blob([edited]), file.name)
    const response = await room.call('POST', '/room/messages', form)
    expect(response.status, await response.clone().text()).toBe(202)
    expect(await response.json()).toEqual({ thread: project.threadId })
    const edit = (await posts(project.threadId)).findLast((post) => post.key.startsWith('edit:')) as Post
    expect(edit.card.text).toContain('− 1 · 0:00  Good morning, everybody.')
    expect(edit.card.text).toContain('+ 1 · 0:00  Good morning!')
    expect((await act(tokenOf(edit, 'apply'))).status).toBe(200)
    await shown(project.threadId, 'transcript:en', (post) => post.card.text?.includes('Good morning!') ?? false)
    const decided = await shown(project.threadId, edit.key, (post) => post.card.buttons === undefined)
    expect(decided.card.text).toContain('Owner')
  })

  test('a double click and two people at once have one effect; the others are told who decided', async () => {
    const ask = await shown(project.threadId, 'transcript:en')
    const token = tokenOf(ask, 'approve')
    const clicks = await Promise.all(Array.from({ length: 6 }, () => act(token)))
    const statuses = clicks.map((response) => response.status).toSorted((a, b) => a - b)
    expect(statuses).toEqual([200, 409, 409, 409, 409, 409])
    const refused = clicks.find((response) => response.status === 409)
    expect(await refused?.json()).toMatchObject({ code: 'ALREADY_DECIDED', by: 'Owner', decision: 'approve' })
    const decided = await shown(project.threadId, 'transcript:en', (post) => post.card.tone === 'done')
    expect(decided.card.buttons).toBeUndefined()
    expect(decided.card.text).toContain('Owner')
    await shown(project.threadId, 'translation:pt-BR')
    await shown(project.threadId, 'translation:es')
  })

  test('reject ends a branch and says who', async () => {
    const ask = await shown(project.threadId, 'translation:es')
    expect((await act(tokenOf(ask, 'reject'))).status).toBe(200)
    const post = await shown(project.threadId, 'translation:es', (one) => one.card.buttons === undefined)
    expect(post.card.text).toContain('Owner')
    // the other language still waits
    expect((await shown(project.threadId, 'translation:pt-BR')).card.buttons).toBeDefined()
  })

  test('a form that is not filled in as asked is 400 and can be sent again', async () => {
    const ask = await shown(project.threadId, 'translation:pt-BR')
    expect((await act(tokenOf(ask, 'edit'), { values: { line: 'x', text: '' } })).status).toBe(400)
    expect((await act(tokenOf(ask, 'edit'), { values: { line: '99', text: 'nothing there' } })).status).toBe(400)
    expect((await act(tokenOf(ask, 'edit'), { values: { line: '1', text: 'Bom dia!' } })).status).toBe(200)
  })

  test('an invented token is gone', async () => {
    expect((await act('a:AAAAAAAAAAAA')).status).toBe(410)
  })

  test('the same state shows the same posts after the bot died and came back', async () => {
    const before = await posts(project.threadId)
    await room.restart()
    await room.call('POST', '/room/messages', { text: '/queue', thread: 'lobby' })
    expect(await posts(project.threadId)).toEqual(before)
  })

  test('pause and resume by button, as often as wanted', async () => {
    for (const _ of [1, 2]) {
      const running = await shown(
        project.threadId,
        'status',
        (post) => post.card.buttons?.some((button) => button.verb === 'pause') ?? false,
      )
      expect((await act(tokenOf(running, 'pause'))).status).toBe(200)
      const paused = await shown(
        project.threadId,
        'status',
        (post) => post.card.buttons?.some((button) => button.verb === 'resume') ?? false,
      )
      expect((await act(tokenOf(paused, 'resume'))).status).toBe(200)
    }
  })
})

describe('events', () => {
  test('tell every change once, and replay what was missed', async () => {
    const first = await openEvents(room)
    await first.next('id: ')
    await room.call('POST', '/room/messages', { text: '/queue' })
    // the project above may still be changing
    const event = await first.next('"thread":"lobby"')
    expect(JSON.parse(/data: (.*)/.exec(event)?.[1] ?? '{}')).toMatchObject({ thread: 'lobby', post: { card: {} } })
    const id = Number(/id: (\d+)/.exec(event)?.[1])
    first.close()
    await room.call('POST', '/room/messages', { text: '/help' })
    const again = await openEvents(room, { 'last-event-id': String(id) })
    const missed = await again.next('event: post')
    expect(Number(/id: (\d+)/.exec(missed)?.[1])).toBeGreaterThan(id)
    again.close()
  })
})

describe('files', () => {
  test('ranges, etag, name, and nothing that a browser would run', async () => {
    const form = new FormData()
    form.append('files', new Blob([Buffer.from('0123456789')]), 'sound.mp3')
    form.append('files', new Blob([Buffer.from('<script>alert(1)</script>')], { type: 'text/html' }), 'page.html')
    await room.call('POST', '/room/messages', form)
    const offered = (await posts('lobby')).at(-1)?.card.media ?? []
    const url = offered[0]?.url ?? ''
    const part = await room.call('GET', url, undefined, { range: 'bytes=2-4' })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe('bytes 2-4/10')
    expect(await part.text()).toBe('234')
    expect((await room.call('GET', url, undefined, { range: 'bytes=99-' })).status).toBe(416)
    const whole = await room.call('GET', url)
    expect(whole.headers.get('content-disposition')).toContain('inline')
    const etag = whole.headers.get('etag') ?? ''
    expect((await room.call('GET', url, undefined, { 'if-none-match': etag })).status).toBe(304)
    const head = await room.call('HEAD', url)
    expect(head.headers.get('content-length')).toBe('10')
    expect(whole.headers.get('x-content-type-options')).toBe('nosniff')
    expect(whole.headers.get('content-security-policy')).toContain('sandbox')
    expect((await room.call('GET', '/files/art_nobody')).status).toBe(404)
  })

  test('what is no media is a download', async () => {
    const form = new FormData()
    form.append('files', new Blob([Buffer.from('<script>alert(1)</script>')], { type: 'text/html' }), 'page.html')
    await room.call('POST', '/room/messages', form)
    const url = (await posts('lobby')).at(-1)?.card.media?.[0]?.url ?? ''
    const response = await room.call('GET', `${url}&name=x.html`)
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
    expect(response.headers.get('content-disposition')).toContain('attachment')
  })

  test('an upload over the limit is 413 and leaves nothing', async () => {
    await room.db.setting.create({
      data: {
        workspaceId: room.db.scope.workspaceId,
        key: 'limits',
        value: { projectsPerMember: 10, monthlySpend: null, uploadBytes: 1000, retentionDays: null },
      },
    })
    const before = await room.db.artifact.count()
    const form = new FormData()
    form.append('files', new Blob([Buffer.alloc(5000)]), 'large.mp4')
    const response = await room.call('POST', '/room/messages', form)
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ code: 'UPLOAD_TOO_LARGE' })
    expect(await room.db.artifact.count()).toBe(before)
    await room.db.setting.deleteMany({ where: { key: 'limits' } })
  })
})

describe('what helps a page', () => {
  test('commands with their options, and who I am', async () => {
    const { commands, suggestions } = (await (await room.call('GET', '/room/commands')).json()) as {
      commands: { name: string; verbs: { args: { name: string }[] }[] }[]
      suggestions: { languages: { value: string }[] }
    }
    expect(commands.map((command) => command.name)).toContain('dub')
    expect(commands.find((command) => command.name === 'dub')?.verbs[0]?.args.map((arg) => arg.name)).toContain('to')
    expect(suggestions.languages.map((language) => language.value)).toContain('pt-BR')
    expect(await (await room.call('GET', '/room/me')).json()).toMatchObject({
      member: { name: 'Owner', role: 'admin' },
      locale: 'en',
    })
  })

  test('health, readiness and metrics', async () => {
    expect((await room.call('GET', '/healthz')).status).toBe(200)
    const ready = await room.call('GET', '/readyz')
    expect(ready.status).toBe(503)
    expect(await ready.json()).toEqual({ ready: false, missing: ['worker'] })
    expect(await (await room.call('GET', '/metrics')).text()).toMatch(/^dailies_workers 0$/m)
  })
})

/** A raw reader of the event stream: whole events as text, in order. */
async function openEvents(
  of: TestRoom,
  headers: Record<string, string> = {},
): Promise<{ next(containing: string): Promise<string>; close(): void }> {
  const stop = new AbortController()
  const response = await fetch(new URL('/room/events', of.url), { headers, signal: stop.signal })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let text = ''
  return {
    async next(containing) {
      for (;;) {
        const events = text.split('\n\n')
        const index = events.findIndex((event, at) => at < events.length - 1 && event.includes(containing))
        if (index >= 0) {
          text = events.slice(index + 1).join('\n\n')
          return events[index] ?? ''
        }
        const { value, done } = await reader.read()
        if (done) throw new Error(`the stream ended before ${containing}`)
        text += decoder.decode(value, { stream: true })
      }
    },
    close: () => stop.abort(),
  }
}
