import type { Review } from '#domain/review.ts'
import type { SyncSummary } from '#domain/sync.ts'
import type { Scene } from '../scene.ts'

type Field = { name: string; value: string }

/** Measured facts of the sound: how the lines sit, how loud it is. */
export function qualityFields(scene: Scene, made: Pick<Review, 'sync' | 'loudness'>): Field[] {
  const { t } = scene
  const { sync, loudness } = made
  return [
    ...(sync ? [{ name: t('cards.timing'), value: syncWords(scene, sync) }] : []),
    ...(loudness
      ? [
          {
            name: t('cards.loudness'),
            value: t('cards.loudnessValue', {
              lufs: loudness.integratedLufs.toFixed(1),
              peak: loudness.truePeakDbtp.toFixed(1),
            }),
          },
        ]
      : []),
  ]
}

/** Who made it; local draft engines are called that, so that nobody takes them for the best there is. */
export function madeFields({ t, say }: Scene, made: Pick<Review, 'providers' | 'draft'>): Field[] {
  const who = made.providers.map(({ capability, provider, model, voice }) => {
    const detail = [model, voice].filter((part) => part !== undefined).join(', ')
    return `${say.word(`cards.capability.${capability}`, capability)}: ${provider}${detail ? ` (${detail})` : ''}`
  })
  return [
    ...(who.length > 0 ? [{ name: t('cards.madeBy'), value: who.join('\n') }] : []),
    ...(made.draft ? [{ name: t('cards.quality'), value: t('cards.draft') }] : []),
  ]
}

function syncWords({ t }: Scene, sync: SyncSummary): string {
  const parts = [
    t('cards.sync.onTime', { onTime: sync.onTime, lines: sync.lines }),
    ...(sync.late > 0 ? [t('cards.sync.late', { count: sync.late, ms: sync.maxStartErrorMs })] : []),
    ...(sync.cut > 0 ? [t('cards.sync.cut', { count: sync.cut })] : []),
    ...(sync.unvoiced > 0 ? [t('cards.sync.unvoiced', { count: sync.unvoiced })] : []),
    ...(sync.rewritten > 0 ? [t('cards.sync.rewritten', { count: sync.rewritten })] : []),
    t('cards.sync.tempo', { median: sync.medianTempo.toFixed(2), max: sync.maxTempo.toFixed(2) }),
    t('cards.sync.drift', { ms: Math.round(sync.driftMs) }),
  ]
  return parts.join(' · ')
}
