import { Redis } from 'ioredis'
import { silentLog } from '#core/log.ts'
import { openRedisQueue } from '#engine/queue/redis.ts'
import { testRedis } from '../setup/redis.ts'
import { engineContract } from './engine.contract.ts'

engineContract('Redis', async () => {
  const redis = await testRedis()
  const admin = new Redis(redis.url)
  return {
    open: (timings) => openRedisQueue({ url: redis.url, timings, log: silentLog }),
    lose: async () => void (await admin.flushall()),
    stop: async () => {
      admin.disconnect()
      await redis.stop()
    },
  }
})
