import { z } from 'zod'
import { projectById } from '#services/projects/find-project.ts'
import { defineAction } from '../define.ts'
import { deleteCard } from '../project/delete-card.ts'

/** Asks whether the project of the card is to be deleted. */
export const projectDelete = defineAction({
  name: 'project.delete',
  role: 'admin',
  input: z.object({}),
  async run({ target }, ctx) {
    return { kind: 'card', card: await deleteCard(ctx, await projectById(ctx, target)) }
  },
})
