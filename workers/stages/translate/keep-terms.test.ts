import { expect, it } from 'vitest'
import { keepTerms } from './keep-terms.ts'

it('takes terms out and puts their translation back, where and as often as they stand', () => {
  const kept = keepTerms('Dailies: take 2 of the dailies, retake C++.', {
    dailies: 'muster',
    take: 'Take',
    'take 2': 'zweite Klappe',
    'C++': 'C++',
  })
  expect(kept.text).toBe('Qxa0z: Qxa1z of the Qxa2z, retake Qxa3z.')
  expect(kept.restore('Qxa2z von QXA1Z, noch einmal Qxa3z: Qxa0z.')).toBe(
    'muster von zweite Klappe, noch einmal C++: Muster.',
  )
})

it('tells when a translator lost or doubled a term', () => {
  const kept = keepTerms('One take, two dailies.', { take: 'toma', dailies: 'copión' })
  expect(kept.restore('Qxa0z, dos')).toBeUndefined()
  expect(kept.restore('Qxa0z Qxa0z Qxa1z')).toBeUndefined()
})

it('leaves a line without terms alone', () => {
  const kept = keepTerms('Retaken dailiesque.', { take: 'toma', dailies: 'copión' })
  expect(kept).toMatchObject({ text: 'Retaken dailiesque.', any: false })
  expect(kept.restore('x')).toBe('x')
})
