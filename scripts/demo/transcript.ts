import type { RoomPost, RoomThread } from '../room-client.ts'

const MARKS: Record<string, string> = { info: '·', working: '…', ask: '?', done: '✓', failed: '✗' }

/** Turns the growing thread into lines for a terminal: each call returns only what is new since the last one. */
export function threadPrinter(): (thread: RoomThread) => string[] {
  const seen = new Map<string, string>()
  return (thread) =>
    thread.posts.flatMap((post) => {
      const known = seen.get(post.id)
      const text = post.card.tone === 'working' ? progressLine(post) : postLines(post)
      if (known === text) return []
      seen.set(post.id, text)
      // what was decided since is news; what it was about stands above
      return [known === undefined || post.card.tone === 'working' || post.key === 'status' ? text : headLines(post)]
    })
}

/** One line for a card that is edited in place; tenths of the way are enough for a terminal. */
function progressLine({ card }: RoomPost): string {
  const tenths = card.progress === undefined ? '' : ` ${bar(card.progress.ratio)}`
  return `${MARKS['working'] ?? ''} ${card.title ?? ''}${tenths}`
}

function bar(ratio: number): string {
  const full = Math.round(ratio * 10)
  return `${'█'.repeat(full)}${'░'.repeat(10 - full)} ${full * 10} %`
}

function headLines({ key, card }: RoomPost): string {
  return `${MARKS[card.tone] ?? '·'} ${card.title ?? key}: ${card.text?.split('\n')[0] ?? ''}`
}

function postLines({ key, card }: RoomPost): string {
  const head = `${MARKS[card.tone] ?? '·'} ${card.title ?? key}`
  const body = [
    ...(card.text?.split('\n') ?? []),
    ...(card.fields ?? []).map((field) => `${field.name}: ${field.value}`),
  ]
  const files = (card.media ?? []).map((media) => `↳ ${media.name} (${size(media.bytes)})`)
  const buttons =
    card.buttons === undefined || card.buttons.length === 0
      ? []
      : [card.buttons.map((one) => `[${one.label}]`).join(' ')]
  return [
    head,
    ...[...body, ...files, ...buttons].filter((line) => line.trim() !== '').map((line) => `    ${line}`),
  ].join('\n')
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
