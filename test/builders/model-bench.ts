import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { providers } from '#providers/index.ts'
import { startOpenaiFake } from '#test/fakes/openai.ts'
import type { Fake } from '#test/fakes/wire.ts'
import { testBench } from './bench-folder.ts'

const question = z.object({
  document: z.string().optional(),
  glossary: z.record(z.string(), z.string()).optional(),
  lines: z.array(z.object({ line: z.int(), maxCharacters: z.int(), text: z.string() })),
})
export type Question = z.output<typeof question>

/** A bench with a language model that answers line by line (undefined: it leaves the line out), beside the local engines. */
export async function modelBench(
  say: (line: Question['lines'][number]) => string | undefined,
): Promise<Awaited<ReturnType<typeof testBench>> & { model: Fake; asked: readonly Question[] }> {
  const asked: Question[] = []
  const model = await startOpenaiFake({
    key: 'sk-test',
    answer: ({ user }) => {
      const parsed = question.parse(JSON.parse(user))
      asked.push(parsed)
      return {
        lines: parsed.lines.flatMap((line) => {
          const text = say(line)
          return text === undefined ? [] : [{ line: line.line, text }]
        }),
      }
    },
  })
  onTestFinished(() => model.close())
  const bench = await testBench({
    providers: providers.filter(
      (provider) => provider.draft || (provider.id === 'openai' && provider.capability === 'text'),
    ),
    env: { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: `${model.url}/v1`, OPENAI_TEXT_MODEL: 'gpt-5.6-terra' },
  })
  return { ...bench, model, asked }
}
