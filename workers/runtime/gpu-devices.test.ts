import { expect, it } from 'vitest'
import { run } from '#core/run.ts'
import { createGpuDevices } from './gpu-devices.ts'

async function deviceSeen(): Promise<string> {
  const { stdout } = await run('env', [])
  return /^CUDA_VISIBLE_DEVICES=(.*)$/mu.exec(stdout)?.[1] ?? 'none'
}

it('gives each step a device of its own, which the tools that it starts see', async () => {
  const onDevice = createGpuDevices(['0', '3'])
  expect(new Set(await Promise.all([onDevice(deviceSeen), onDevice(deviceSeen)]))).toEqual(new Set(['0', '3']))
  // a place that is free again is given again, also after a failure
  await expect(onDevice(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(new Set(await Promise.all([onDevice(deviceSeen), onDevice(deviceSeen)]))).toEqual(new Set(['0', '3']))
})

it('tells nothing to tools of other steps, nor where there is no device', async () => {
  const gpu = createGpuDevices(['0'])(deviceSeen)
  expect([await deviceSeen(), await createGpuDevices([])(deviceSeen), await gpu]).toEqual(['none', 'none', '0'])
})
