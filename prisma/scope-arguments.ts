import { AppError } from '#core/errors.ts'
import type { Scope } from '#domain/scope.ts'
import type { Prisma } from './generated/client.ts'
import { RELATIONS, tenancyWhere } from './tenancy.ts'

type Arguments = Record<string, unknown>

const WRITES_DATA = new Set(['create', 'createMany', 'createManyAndReturn'])
const READS = /^(find|count|aggregate|groupBy)/
const CHANGES_DATA = new Set(['update', 'updateMany', 'updateManyAndReturn'])

/** The arguments of a Prisma operation, confined to `scope`. Throws INTERNAL on what could leave it. */
export function scopeArguments<A>(model: Prisma.ModelName, operation: string, args: A, scope: Scope): A {
  const given: Arguments = { ...(args as Arguments | undefined) }
  refuseWrite(model, operation)
  if (WRITES_DATA.has(operation)) given['data'] = scopeData(model, given['data'], scope)
  else if (operation === 'upsert') {
    given['where'] = scopeWhere(model, given['where'], scope)
    given['create'] = scopeRow(model, given['create'], scope)
    refuseMove(model, given['update'])
  } else {
    given['where'] = scopeWhere(model, given['where'], scope)
    if (CHANGES_DATA.has(operation)) refuseMove(model, given['data'])
  }
  for (const key of ['include', 'select']) if (given[key]) given[key] = scopeRelations(model, given[key], scope)
  // the shape is the caller's: only filters and tenant columns were added
  return given as A
}

function scopeWhere(model: Prisma.ModelName, where: unknown, scope: Scope): Arguments {
  const given = { ...(where as Arguments | undefined) }
  const and = given['AND'] === undefined ? [] : [given['AND']].flat()
  return { ...given, AND: [...and, tenancyWhere(model, scope)] }
}

function scopeData(model: Prisma.ModelName, data: unknown, scope: Scope): unknown {
  return Array.isArray(data) ? data.map((row) => scopeRow(model, row, scope)) : scopeRow(model, data, scope)
}

function scopeRow(model: Prisma.ModelName, row: unknown, scope: Scope): Arguments {
  const { columns, relations } = RELATIONS[model]
  const given = { ...(row as Arguments | undefined) }
  refuseNested(model, given, relations)
  for (const column of columns) {
    if (given[column] !== undefined && given[column] !== scope[column]) {
      throw new AppError('INTERNAL', `${model}.${column} is another tenant's`)
    }
    given[column] = scope[column]
  }
  return given
}

/** Workspaces and niches are changed, not made or removed, by those inside; installation rows are only read. */
function refuseWrite(model: Prisma.ModelName, operation: string): void {
  if (RELATIONS[model].columns.length > 0 || READS.test(operation)) return
  if (CHANGES_DATA.has(operation) && (model === 'Workspace' || model === 'Niche')) return
  throw new AppError('INTERNAL', `${model}: no ${operation} within a scope`)
}

/** A row never changes its tenant, and what hangs on it is written by its own operation. */
function refuseMove(model: Prisma.ModelName, change: unknown): void {
  const given = { ...(change as Arguments | undefined) }
  refuseNested(model, given, RELATIONS[model].relations)
  for (const column of ['workspaceId', 'nicheId']) {
    if (given[column] !== undefined) throw new AppError('INTERNAL', `${model}.${column} never changes`)
  }
}

function refuseNested(model: Prisma.ModelName, row: Arguments, relations: Readonly<Record<string, unknown>>): void {
  const nested = Object.keys(row).find((key) => key in relations && row[key] !== undefined)
  if (nested) throw new AppError('INTERNAL', `${model}.${nested}: nested writes are not scoped`)
}

function scopeRelations(model: Prisma.ModelName, selection: unknown, scope: Scope): Arguments {
  const given = { ...(selection as Arguments) }
  if (given['_count']) throw new AppError('INTERNAL', `${model}: relations are not counted within a scope`)
  for (const [name, relation] of Object.entries(RELATIONS[model].relations)) {
    if (!given[name]) continue
    const inner: Arguments = given[name] === true ? {} : { ...(given[name] as Arguments) }
    for (const key of ['include', 'select'])
      if (inner[key]) inner[key] = scopeRelations(relation.model, inner[key], scope)
    if (relation.list) inner['where'] = scopeWhere(relation.model, inner['where'], scope)
    else if (!relation.inside) throw new AppError('INTERNAL', `${model}.${name} may lie outside the scope`)
    given[name] = inner
  }
  return given
}
