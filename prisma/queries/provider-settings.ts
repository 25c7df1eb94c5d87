import { z } from 'zod'
import type { ScopedDb } from '../scoped.ts'

/** The sealed keys of a workspace, by the variable that each stands for. */
export async function sealedSecrets(db: ScopedDb): Promise<{ name: string; ciphertext: Uint8Array }[]> {
  return db.secret.findMany({ select: { name: true, ciphertext: true } })
}

const limits = z.object({ monthlySpend: z.number().min(0).nullish() })

/** US dollars that a workspace may spend on providers in a calendar month; undefined: no cap. */
export async function monthlyCap(db: ScopedDb): Promise<number | undefined> {
  const row = await db.setting.findFirst({ where: { memberId: '', key: 'limits' }, select: { value: true } })
  return limits.safeParse(row?.value).data?.monthlySpend ?? undefined
}
