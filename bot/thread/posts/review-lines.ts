import type { Review } from '#domain/review.ts'
import type { Scene } from '../scene.ts'

/** The first lines with their time; a translation shows its source under each line. */
export function firstLines({ t, say }: Scene, review: Review): string[] {
  if (review.firstLines.length === 0) return []
  const lines = review.firstLines.map(({ line, startMs, text, source }) =>
    [`${line} · ${say.clock(startMs)}  ${text}`, ...(source ? [`      ${source}`] : [])].join('\n'),
  )
  const more = review.lines - review.firstLines.length
  return ['', ...lines, ...(more > 0 ? [t('cards.moreLines', { count: more })] : [])]
}

/** The lines that a person should look at, and why. */
export function flaggedLines({ t, say }: Scene, review: Review): string[] {
  if (review.flagged.length === 0) return []
  const lines = review.flagged.map(({ line, flag, text }) => `${line} · “${text}” — ${say.word(`flags.${flag}`, flag)}`)
  return ['', t('cards.lookAt'), ...lines]
}
