import { z } from 'zod'
import { findUpload } from '#services/artifacts/find-upload.ts'
import { editFile } from '#services/checkpoints/edit-file.ts'
import { defineAction } from '../define.ts'

/** Which checkpoint a subtitle file belongs to, when its name did not tell: `target` is the file. */
export const checkpointEditFile = defineAction({
  name: 'checkpoint.edit-file',
  role: 'editor',
  input: z.object({ value: z.string().max(100) }),
  async run({ target, values }, ctx) {
    const edit = await editFile({ ctx, file: await findUpload(ctx, target), stepId: values.value })
    return edit.kind === 'proposed' ? { kind: 'thread', projectId: edit.projectId } : undefined
  },
})
