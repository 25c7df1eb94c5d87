import { expect, it } from 'vitest'
import type { DownloadProgress } from './download.ts'
import { createSpeedometer } from './speedometer.ts'

it('tells speed and time left over the last seconds, a few times a second', () => {
  const seen: DownloadProgress[] = []
  let now = 0
  const speed = createSpeedometer(
    (progress) => seen.push(progress),
    () => now,
  )
  for (now = 0; now <= 10_000; now += 100) speed.report(now <= 5000 ? now : 5000 + (now - 5000) * 4, 40_000)
  expect(seen.length).toBeLessThan(45)
  expect(seen.at(-1)?.bytesPerSecond).toBeGreaterThan(3500)
  expect(seen.at(-1)?.etaSeconds).toBeLessThanOrEqual(5)
})

it('does not guess without a size', () => {
  const seen: DownloadProgress[] = []
  createSpeedometer(
    (progress) => seen.push(progress),
    () => 0,
  ).report(500)
  expect(seen).toEqual([{ ratio: 0, bytes: 500, bytesPerSecond: 0 }])
})
