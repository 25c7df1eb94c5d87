import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { make } from '#media/test-media.ts'
import { testBench } from '#test/builders/bench-folder.ts'
import { probeStage } from '../probe/run.ts'
import { downloadStage } from './run.ts'

/** A site with one film, and a page without any. */
async function site(film: Buffer): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url === '/My%20film.mp4')
      return void response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': film.length }).end(film)
    response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

it('fetches a file with its name and progress, ready to be looked at', async () => {
  const bench = await testBench({ allowPrivateHosts: ['127.0.0.1'] })
  const film = await make(
    bench.file('film.mp4'),
    '-f',
    'lavfi',
    '-i',
    'testsrc2=s=160x120:d=2',
    '-f',
    'lavfi',
    '-i',
    'sine=d=2',
    '-shortest',
  )
  const host = await site(await readFile(film))
  const { file, title, captions } = await bench.run(downloadStage, { source: { url: `http://${host}/My%20film.mp4` } })
  expect({ title, captions }).toEqual({ title: 'My film', captions: [] })
  expect(await readFile(await bench.path(file))).toEqual(await readFile(film))
  const last = bench.progress.at(-1)
  expect(last).toMatchObject({ ratio: 1, note: { key: 'downloading', values: { percent: 100 } } })
  const info = await bench.run(probeStage, { file })
  expect(info).toMatchObject({ picture: { width: 160 }, sound: { codec: 'aac' } })
}, 60_000)

it('lets an upload through as it is', async () => {
  const bench = await testBench()
  const artifact = await bench.upload(await make(bench.file('a talk.mp3'), '-f', 'lavfi', '-i', 'sine=d=1'))
  expect(await bench.run(downloadStage, { source: { artifact } })).toEqual({
    file: artifact,
    title: 'a talk',
    captions: [],
  })
})

it('refuses what is not there, and what is private', async () => {
  const open = await testBench({ allowPrivateHosts: ['127.0.0.1'] })
  const host = await site(Buffer.alloc(0))
  await expect(open.run(downloadStage, { source: { url: `http://${host}/gone.mp4` } })).rejects.toMatchObject({
    code: 'DEAD_URL',
  })
  const guarded = await testBench()
  await expect(guarded.run(downloadStage, { source: { url: `http://${host}/My%20film.mp4` } })).rejects.toMatchObject({
    code: 'PRIVATE_ADDRESS',
  })
}, 60_000)

it('refuses a picture without sound before any work is done on it', async () => {
  const bench = await testBench()
  const file = await bench.upload(await make(bench.file('silent.mp4'), '-f', 'lavfi', '-i', 'testsrc2=s=160x120:d=1'))
  await expect(bench.run(probeStage, { file })).rejects.toMatchObject({ code: 'NO_SOUND' })
})
