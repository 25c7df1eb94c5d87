import { defineVerbs } from '../define.ts'
import { cancel } from './cancel.ts'
import { deleteVerb } from './delete.ts'
import { exportVerb } from './export.ts'
import { files } from './files.ts'
import { list } from './list.ts'
import { pause } from './pause.ts'
import { reopen } from './reopen.ts'
import { resume } from './resume.ts'
import { retry } from './retry.ts'
import { show } from './show.ts'

export const project = defineVerbs({
  name: 'project',
  summary: 'commands.project.summary',
  examples: ['/project list', '/project show 12', '/project pause 12', '/project files 12', '/project export 12'],
  defaultVerb: 'list',
  verbs: { cancel, delete: deleteVerb, export: exportVerb, files, list, pause, reopen, resume, retry, show },
})
