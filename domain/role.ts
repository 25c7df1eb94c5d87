export const ROLES = ['viewer', 'editor', 'admin'] as const
/** viewer sees, editor works and approves, admin configures. */
export type Role = (typeof ROLES)[number]

/** Whether `has` may do what needs `least`. Deny by default: no role, no right. */
export function mayAct(has: Role | undefined, least: Role): boolean {
  return has !== undefined && ROLES.indexOf(has) >= ROLES.indexOf(least)
}
