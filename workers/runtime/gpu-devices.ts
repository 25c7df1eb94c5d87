import { withToolVariables } from '#core/process/environment.ts'

/** Does work on one of the machine's CUDA devices: tools that it starts see that one alone (CUDA_VISIBLE_DEVICES). */
export type OnDevice = <T>(work: () => Promise<T>) => Promise<T>

/** Shares devices among steps: each gets the one with the least to do. Without devices work is done where it is. */
export function createGpuDevices(devices: readonly string[]): OnDevice {
  const busy = new Map(devices.map((device) => [device, 0]))
  return async (work) => {
    const [device] = [...busy].toSorted(([, a], [, b]) => a - b).map(([name]) => name)
    if (device === undefined) return work()
    const count = (change: 1 | -1) => busy.set(device, (busy.get(device) ?? 0) + change)
    count(1)
    try {
      return await withToolVariables({ CUDA_VISIBLE_DEVICES: device }, work)
    } finally {
      count(-1)
    }
  }
}
