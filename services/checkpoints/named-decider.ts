import { AppError } from '#core/errors.ts'
import type { ServiceContext } from '../context.ts'

/** Waits for a decision; when somebody else was faster, the error says the person's name instead of an id. */
export async function namedDecider(ctx: ServiceContext, decided: Promise<void>): Promise<void> {
  try {
    await decided
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'ALREADY_DECIDED') throw error
    const { by } = error.data
    const member = typeof by === 'string' ? await ctx.db.member.findFirst({ where: { id: by }, select: { name: true } }) : null
    throw new AppError('ALREADY_DECIDED', error.message, { cause: error, data: { ...error.data, memberId: by, by: member?.name ?? '' } })
  }
}
