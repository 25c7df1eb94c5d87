// Takes the pictures of the README from the running product: `node scripts/pictures.ts`. Needs chromium.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { demoSample } from '#media/demo-sample.ts'
import { createRoomClient, type RoomClient } from './room-client.ts'
import { startStudio } from './studio.ts'

const OUT = path.join(import.meta.dirname, '..', 'docs', 'pictures')
const DESKTOP = { width: 1280, height: 860 }
const PHONE = { width: 390, height: 844 }
const PATIENCE_MS = 10 * 60_000

const dir = await mkdtemp(path.join(tmpdir(), 'dailies-pictures-'))
await mkdir(OUT, { recursive: true })
const studio = await startStudio({ env: { ...process.env, HTTP_PORT: '0' }, dataDir: dir })
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--mute-audio'],
})
try {
  await takeAll(createRoomClient({ baseUrl: studio.url }), browser)
} finally {
  await browser.close()
  await studio.stop()
  await rm(dir, { recursive: true, force: true })
}
process.exit()

async function takeAll(room: RoomClient, chrome: Browser): Promise<void> {
  const film = path.join(dir, 'morning-walk.mp4')
  await demoSample({ outPath: film, workDir: dir, signal: new AbortController().signal })
  const thread = await room.say('/dub to:pt-BR,es', { files: [film] })
  await approve(room, thread, 'transcript:en')
  await open(room, thread, 'translation:pt-BR')
  await open(room, thread, 'translation:es')
  await shoot(chrome, thread, 'checkpoint-desktop', 'light', DESKTOP)
  await shoot(chrome, thread, 'checkpoint-phone', 'dark', PHONE)
  for (const step of ['translation', 'final']) {
    for (const language of ['pt-BR', 'es']) await approve(room, thread, `${step}:${language}`)
  }
  await room.watch(
    thread,
    (now) =>
      now.posts.filter((post) => post.key.startsWith('result:') && post.card.tone === 'done').length === 2
        ? true
        : undefined,
    PATIENCE_MS,
  )
  await shoot(chrome, thread, 'result-desktop', 'dark', DESKTOP)
  await shoot(chrome, thread, 'result-phone', 'light', PHONE)
}

async function open(room: RoomClient, thread: string, key: string): Promise<string> {
  return room.watch(
    thread,
    (now) => now.posts.findLast((post) => post.key === key)?.card.buttons?.find((one) => one.verb === 'approve')?.token,
    PATIENCE_MS,
  )
}

async function approve(room: RoomClient, thread: string, key: string): Promise<void> {
  await room.act(await open(room, thread, key))
}

async function shoot(
  chrome: Browser,
  thread: string,
  name: string,
  scheme: 'light' | 'dark',
  viewport: typeof PHONE,
): Promise<void> {
  const phone = viewport === PHONE
  const context = await chrome.newContext({
    viewport,
    colorScheme: scheme,
    locale: 'en',
    hasTouch: phone,
    deviceScaleFactor: phone ? 2 : 1,
  })
  const page: Page = await context.newPage()
  await page.goto(`${studio.url}/#/t/${thread}`)
  await page.locator('.room').waitFor()
  // players and pictures need a moment to show their first frame
  await page.waitForTimeout(2_000)
  await page.screenshot({ path: path.join(OUT, `${name}.png`) })
  await context.close()
}
