import cron from 'node-cron'
import { expect, test } from 'vitest'
import { definitions } from '#test/definitions.ts'
import { schedules } from './index.ts'

test('schedules are listed once each, in order, and are what is in the folder', async () => {
  const files = await definitions(import.meta.dirname, ['defineSchedule'])
  expect(schedules.map(({ name }) => name)).toEqual(files.map((file) => file.replace(/\.ts$/, '')))
})

test('every schedule has a time that exists', () => {
  for (const { name, cron: expression, timezone } of schedules) {
    expect([name, cron.validate(expression)]).toEqual([name, true])
    expect(Intl.supportedValuesOf('timeZone').concat('UTC')).toContain(timezone)
  }
})
