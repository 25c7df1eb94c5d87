import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildReviewedProject, type ReviewedProject } from '../builders/reviewed-project.ts'
import { startTestRoom, type TestRoom } from '../builders/room.ts'

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--mute-audio',
]

let room: TestRoom
let browser: Browser
let context: BrowserContext
let page: Page
let project: ReviewedProject
/** whatever the page complained of: nothing is expected */
let complaints: string[]

beforeAll(async () => {
  room = await startTestRoom()
  browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: FLAGS })
})
afterAll(async () => {
  await browser?.close()
  await room.stop()
})

async function open(
  device: { width: number; height: number; touch?: boolean; scheme?: 'dark' | 'light' },
  path = '',
): Promise<void> {
  complaints = []
  context = await browser.newContext({
    viewport: { width: device.width, height: device.height },
    hasTouch: device.touch ?? false,
    colorScheme: device.scheme ?? 'light',
    locale: 'en',
  })
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // the browser logs every refused call by itself; what the page does with it is tested
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text())
  })
  await page.goto(`${room.url}/${path}`)
  await page.locator('.room').waitFor()
}

afterEach(async () => {
  await context?.close()
  expect(complaints).toEqual([])
})

const card = (key: string) => page.locator(`article[data-key="${key}"]`).last()
/** Something of the page, as an expression that runs in it: this program knows no DOM. */
const inPage = <T>(expression: string): Promise<T> => page.evaluate(expression) as Promise<T>
const focusedKey = () =>
  inPage<string | undefined>(`document.activeElement?.closest('article')?.getAttribute('data-key')`)

/** The button of the transcript's card as a script would find it. */
async function approveToken(): Promise<string | undefined> {
  const thread = (await (await room.call('GET', `/room/threads/${project.threadId}`)).json()) as {
    posts: { key: string; card: { buttons?: { token: string; verb: string }[] } }[]
  }
  return thread.posts
    .find((post) => post.key === 'transcript:en')
    ?.card.buttons?.find((button) => button.verb === 'approve')?.token
}

/** Presses Tab until the focus is where it should be: as somebody without a mouse does. */
async function tabTo(found: () => Promise<boolean>, most = 60): Promise<void> {
  for (let presses = 0; presses < most; presses++) {
    if (await found()) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab does not lead there')
}

describe('with a keyboard alone', () => {
  beforeEach(async () => {
    project = await buildReviewedProject(room)
  })

  test('types a command with completion, and reads the answer', async () => {
    await open({ width: 1280, height: 860 })
    await page.keyboard.press('/')
    const options = page.locator('#suggestions li')
    await options.first().waitFor()
    await page.keyboard.type('he')
    await expect.poll(() => options.allInnerTexts()).toEqual([expect.stringContaining('/help')])
    await page.keyboard.press('Tab')
    expect(await page.locator('#message').inputValue()).toBe('/help ')
    await page.keyboard.press('Enter')
    await page.locator('article').filter({ hasText: '/dub' }).last().waitFor()
    expect(await page.locator('.said').last().innerText()).toContain('/help')
    // what was sent comes back
    await page.keyboard.press('ArrowUp')
    expect(await page.locator('#message').inputValue()).toContain('/help')
  })

  test('completes an option and its values', async () => {
    await open({ width: 1280, height: 860 })
    await page.keyboard.press('/')
    await page.keyboard.type('dub https://example.org/a.mp4 to:port')
    await page.getByRole('option', { name: 'pt-BR' }).waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('#message').inputValue()).toBe('/dub https://example.org/a.mp4 to:pt-BR ')
  })

  test('finds what waits, corrects a line, approves, and is led to what waits next', async () => {
    await open({ width: 1280, height: 860 }, `#/t/${project.threadId}`)
    await card('transcript:en').waitFor()
    await expect.poll(() => page.title()).toMatch(/^\(\d+\) /)
    await page.keyboard.press('n')
    await expect.poll(focusedKey).toBe('transcript:en')
    await tabTo(async () => (await inPage('document.activeElement?.className')) === 'cue')
    await page.keyboard.press('Enter')
    const box = card('transcript:en').locator('textarea[name="text"]')
    await expect.poll(() => inPage('document.activeElement?.name')).toBe('text')
    expect(await box.inputValue()).toBe('Good morning, everybody.')
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('Good morning to you.')
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => card('transcript:en').innerText()).toContain('Good morning to you.')
    await tabTo(async () => (await inPage(`document.activeElement?.getAttribute('data-verb')`)) === 'approve')
    await page.keyboard.press('Enter')
    await expect.poll(() => card('transcript:en').getAttribute('data-tone')).toBe('done')
    await expect.poll(focusedKey).toMatch(/^translation:/)
    expect(await page.locator('[role="status"][aria-live]').allInnerTexts()).toBeDefined()
  })

  test('cancelling is asked twice', async () => {
    await open({ width: 1280, height: 860 }, `#/t/${project.threadId}`)
    const button = card('status').locator('[data-verb="cancel"]')
    await button.focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => inPage('document.activeElement?.textContent')).toMatch(/^Yes/)
    expect(await card('status').getAttribute('data-tone')).not.toBe('done')
    await page.keyboard.press('Enter')
    await expect.poll(() => card('status').innerText()).toContain('Cancelled')
  })

  test('the skip link, the list of keys and the focus ring', async () => {
    await open({ width: 1280, height: 860 })
    await page.keyboard.press('Tab')
    expect(await inPage('document.activeElement?.className')).toBe('skip')
    const ring = await inPage('getComputedStyle(document.activeElement).outlineStyle')
    expect(ring).toBe('solid')
    await page.keyboard.press('Enter')
    expect(await inPage('document.activeElement?.id')).toBe('conversation')
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  })
})

describe('on a phone', () => {
  beforeEach(async () => {
    project = await buildReviewedProject(room)
  })

  test.each([
    { width: 390, height: 844 },
    { width: 360, height: 640 },
  ])('nothing scrolls sideways at $width px, and thumbs hit what they aim at', async (size) => {
    await open({ ...size, touch: true, scheme: 'dark' }, `#/t/${project.threadId}`)
    await card('transcript:en').waitFor()
    const wide = await inPage(
      `[...document.querySelectorAll('.thread *')].filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5).map((element) => element.outerHTML.slice(0, 120))`,
    )
    expect(wide).toEqual([])
    const small = await inPage(`[...document.querySelectorAll('.thread button, .thread a[download], .thread select')]
      .filter((element) => element.offsetParent !== null && !element.matches('.cue, .link') && element.getBoundingClientRect().height < 40)
      .map((element) => element.outerHTML.slice(0, 100))`)
    expect(small).toEqual([])
  })

  test('threads are in a drawer', async () => {
    await open({ width: 390, height: 844, touch: true }, `#/t/${project.threadId}`)
    const lobby = page.locator('.threads a').first()
    await expect.poll(() => lobby.isVisible()).toBe(false)
    await page.locator('.drawer-open').tap()
    await expect.poll(() => lobby.isVisible()).toBe(true)
    await lobby.tap()
    await expect.poll(() => inPage('location.hash')).toBe('#/t/lobby')
    await expect.poll(() => lobby.isVisible()).toBe(false)
  })
})

describe('a page that is open', () => {
  test('shows what others do, and takes files', async () => {
    project = await buildReviewedProject(room)
    await open({ width: 1280, height: 860 }, `#/t/${project.threadId}`)
    await card('transcript:en').waitFor()
    const token = await approveToken()
    await room.call('POST', `/room/actions/${token}`, {})
    await card('translation:es').waitFor()
    expect(await card('transcript:en').locator('[data-verb="approve"]').count()).toBe(0)

    await page.goto(`${room.url}/#/t/lobby`)
    await page
      .locator('input[type="file"]')
      .first()
      .setInputFiles({ name: 'talk.mp4', mimeType: 'video/mp4', buffer: Buffer.from('some bytes') })
    await page.locator('.chosen').getByText('talk.mp4').waitFor()
    await page.locator('.send').click()
    await page
      .locator('article')
      .filter({ hasText: 'What shall I do with this?' })
      .last()
      .locator('[data-verb="dub"]')
      .waitFor()
  })

  test('a click on what somebody else decided meanwhile says who it was', async () => {
    project = await buildReviewedProject(room)
    await open({ width: 1280, height: 860 }, `#/t/${project.threadId}`)
    const approve = card('transcript:en').locator('[data-verb="approve"]')
    await approve.waitFor()
    // the page hears nothing for a moment, as on a bad connection
    await page.route('**/room/events', (route) => route.abort())
    const token = await approveToken()
    await page.route('**/room/actions/**', async (route) => {
      await room.call('POST', `/room/actions/${token}`, {})
      await route.continue()
    })
    await approve.click()
    await page.locator('.toast').filter({ hasText: 'Owner' }).waitFor()
    await expect.poll(() => card('transcript:en').getAttribute('data-tone')).toBe('done')
  })

  test('a project that is looked for opens by a click', async () => {
    project = await buildReviewedProject(room, 'Evening news')
    await open({ width: 1280, height: 860 })
    await page.locator('#message').fill('/project show Evening news')
    await page.locator('.send').click()
    await page.locator('article').last().locator('[data-verb="show"]').click()
    await expect.poll(() => inPage('location.hash')).toBe(`#/t/${project.threadId}`)
    await card('transcript:en').waitFor()
  })

  test('an empty lobby teaches, and its examples go into the composer', async () => {
    await room.db.post.deleteMany({ where: { key: { startsWith: 'reply:' } } })
    await open({ width: 1280, height: 860, scheme: 'dark' })
    const example = page.locator('.example').first()
    await example.click()
    await expect.poll(() => page.locator('#message').inputValue()).toMatch(/^\/dub /)
  })

  test('changes its language at once, and that of its threads', async () => {
    project = await buildReviewedProject(room)
    await open({ width: 1280, height: 860 }, `#/t/${project.threadId}`)
    await card('transcript:en').waitFor()
    const say = async (text: string) => {
      await page.locator('#message').fill(text)
      await page.locator('.send').click()
    }
    await say('/settings set language pt-BR')
    await expect.poll(() => card('transcript:en').locator('[data-verb="approve"]').innerText()).toBe('Aprovar')
    await expect.poll(() => page.locator('#message').getAttribute('placeholder')).toContain('Cole um link')
    await say('/settings set language en')
    await expect.poll(() => card('transcript:en').locator('[data-verb="approve"]').innerText()).toBe('Approve')
    await expect.poll(() => page.locator('#message').getAttribute('placeholder')).toContain('Paste a link')
  })
})

test('a stranger enters by password, and a guest by invitation', async () => {
  const guarded = await startTestRoom({ password: 'open sesame 7' })
  complaints = []
  context = await browser.newContext({ locale: 'pt-BR' })
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
  try {
    await page.goto(guarded.url)
    const password = page.getByLabel('Senha')
    await password.fill('wrong one')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: /./ }).waitFor()
    await password.fill('open sesame 7')
    await page.keyboard.press('Enter')
    await page.locator('.threads').waitFor()
    await page.locator('#message').fill('/team invite Bia role:editor')
    await page.locator('.send').click()
    const link = page.locator('a[href*="#invite="]')
    const invitation = (await link.getAttribute('href')) ?? ''
    await page.locator('.me button').last().click()
    await password.waitFor()
    await context.close()
    context = await browser.newContext({ locale: 'en' })
    page = await context.newPage()
    await page.goto(invitation)
    await page.locator('.me').filter({ hasText: 'Bia' }).waitFor()
  } finally {
    await context.close()
    await guarded.stop()
  }
})
