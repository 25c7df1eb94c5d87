import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { RoomClient, RoomThread } from '../room-client.ts'
import { threadPrinter } from './transcript.ts'

const TARGETS = ['pt-BR', 'es'] as const
const GUESS = 'en'
/** A whole dub of a long file on a slow machine; nothing waits for it in vain. */
const LIMIT_MS = 6 * 3_600_000

/**
 * Dubs a file or an address in the room as a person would: types the command, approves what asks, and prints the thread as it grows.
 * Returns where the finished files were written. Throws with the card's words when the studio gives up.
 */
export async function demoDub({
  room,
  source,
  from,
  outDir,
  print,
}: {
  room: RoomClient
  /** a path, or an http(s) address */
  source: string
  /** BCP 47; undefined: the studio finds out, or asks */
  from: string | undefined
  outDir: string
  print: (line: string) => void
}): Promise<string[]> {
  const url = /^https?:\/\//.test(source)
  const command = [
    '/dub',
    ...(url ? [source] : []),
    `to:${TARGETS.join(',')}`,
    ...(from === undefined ? [] : [`from:${from}`]),
  ].join(' ')
  print(`> ${command}${url ? '' : `   + ${path.basename(source)}`}`)
  const id = await room.say(command, url ? {} : { files: [source] })

  const news = threadPrinter()
  const clicked = new Set<string>()
  const end = await room.watch(
    id,
    async (thread) => {
      for (const line of news(thread)) print(line)
      for (const token of approvals(thread)) {
        if (clicked.has(token)) continue
        clicked.add(token)
        print('> [approve]')
        await room.act(token)
      }
      const question = languageQuestion(thread)
      if (question !== undefined && !clicked.has(question)) {
        clicked.add(question)
        print(`> [${GUESS}]   (another language: npm run demo -- <file or url> <language>)`)
        await room.act(question, { value: GUESS })
      }
      return finished(thread) ? thread : undefined
    },
    LIMIT_MS,
  )
  return saveResults(room, end, outDir)
}

function approvals(thread: RoomThread): string[] {
  return thread.posts.flatMap((post) =>
    (post.card.buttons ?? []).filter((one) => one.verb === 'approve').map((one) => one.token),
  )
}

/** The token of a select that asks which language is spoken: a demo that runs by itself has to guess. */
function languageQuestion(thread: RoomThread): string | undefined {
  const asks = thread.posts.map((post) => post.card.select)
  return asks.findLast((select) => select?.verb === 'choose' && select.options.some(({ value }) => value === GUESS))
    ?.token
}

function finished(thread: RoomThread): boolean {
  const failure = thread.posts.findLast((post) => post.card.tone === 'failed' && post.key.startsWith('error:'))
  if (failure !== undefined) throw new Error(`${failure.card.title ?? failure.key}: ${failure.card.text ?? ''}`)
  return TARGETS.every((target) =>
    thread.posts.some((post) => post.key === `result:${target}` && post.card.tone === 'done'),
  )
}

async function saveResults(room: RoomClient, thread: RoomThread, outDir: string): Promise<string[]> {
  await mkdir(outDir, { recursive: true })
  const media = thread.posts.filter((post) => post.key.startsWith('result:')).flatMap((post) => post.card.media ?? [])
  return Promise.all(
    media.map(async (one) => {
      const file = path.join(outDir, path.basename(one.name))
      await writeFile(file, await room.download(one.url))
      return file
    }),
  )
}
