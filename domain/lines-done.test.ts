import { expect, it } from 'vitest'
import { countLines } from './lines-done.ts'

function clock() {
  const time = { ms: 0, now: () => time.ms }
  return time
}

it('tells the time left by the pace of the lines, once there is one', () => {
  const time = clock()
  const done = countLines({ key: 'voicing', total: 100 }, time.now)
  const seen = Array.from({ length: 100 }, () => {
    time.ms += 500
    return done()
  })
  expect(seen[0]).toEqual({ ratio: 0.01, note: { key: 'voicing', values: { done: 1, total: 100 } } })
  expect(seen[9]).toEqual({ ratio: 0.1, note: { key: 'voicing', values: { done: 10, total: 100 } }, etaSeconds: 45 })
  expect(seen.at(-1)).toMatchObject({ ratio: 1, etaSeconds: 0 })
})

it('does not take lines that were kept from before for the pace of the rest', () => {
  const time = clock()
  const done = countLines({ key: 'voicing', total: 1000 }, time.now)
  for (let kept = 0; kept < 500; kept++) done()
  let seen = done()
  for (let made = 0; made < 99; made++) {
    time.ms += 1000
    seen = done()
  }
  expect(seen.etaSeconds).toBe(400)
})

it('leaves time for what comes after the lines', () => {
  const time = clock()
  const done = countLines({ key: 'fitting', total: 10, share: 0.5 }, time.now)
  let seen = done()
  for (let made = 0; made < 9; made++) {
    time.ms += 1000
    seen = done()
  }
  expect(seen).toMatchObject({ ratio: 0.5, etaSeconds: expect.closeTo(9, 0) })
})
