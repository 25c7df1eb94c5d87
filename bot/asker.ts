import type { Role } from '#domain/role.ts'
import type { Scope } from '#domain/scope.ts'

/** Who speaks or clicks, and where: as the surface proved it. */
export interface Asker {
  readonly scope: Scope
  readonly roomId: string
  readonly member: { readonly id: string; readonly name: string; readonly role: Role; readonly locale: string }
}
