import { z } from 'zod'
import { editLine } from '#services/checkpoints/edit-line.ts'
import { lastEditable } from '#services/checkpoints/last-editable.ts'
import { defineAction } from '../define.ts'

const payload = z.object({ target: z.string() })

/** One line of a finished project: it opens again, and that line alone is made anew. `target` is the project, `version` its run. */
export const projectEditLine = defineAction({
  name: 'project.edit-line',
  role: 'editor',
  input: z.object({ line: z.coerce.number().int().min(1), text: z.string().max(20_000) }),
  async run({ target, version, payload: given, values }, ctx) {
    const { target: fanKey } = payload.parse(given)
    const { id: stepId, revision } = await lastEditable({ ctx, projectId: target, ordinal: version, fanKey })
    await editLine({ ctx, stepId, revision, line: values.line, text: values.text })
    return undefined
  },
})
