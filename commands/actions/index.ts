import type { Action } from '../define.ts'
import { checkpointApprove } from './checkpoint-approve.ts'
import { checkpointEditFile } from './checkpoint-edit-file.ts'
import { checkpointEditLine } from './checkpoint-edit-line.ts'
import { checkpointRedo } from './checkpoint-redo.ts'
import { checkpointReject } from './checkpoint-reject.ts'
import { offerDub } from './offer-dub.ts'
import { offerSubtitles } from './offer-subtitles.ts'
import { offerTranscribe } from './offer-transcribe.ts'
import { projectDeleteNow } from './project-delete-now.ts'
import { projectDelete } from './project-delete.ts'
import { projectExport } from './project-export.ts'
import { projectReopen } from './project-reopen.ts'
import { projectShow } from './project-show.ts'
import { revisionApply } from './revision-apply.ts'
import { revisionDiscard } from './revision-discard.ts'
import { runCancel } from './run-cancel.ts'
import { runPause } from './run-pause.ts'
import { runResume } from './run-resume.ts'
import { settingsKeys } from './settings-keys.ts'
import { settingsSaveKey } from './settings-save-key.ts'
import { stepRetry } from './step-retry.ts'
import { stepUpload } from './step-upload.ts'
import { teamRemoveNow } from './team-remove-now.ts'
import { voiceListen } from './voice-listen.ts'

/** What every button, select and form can mean, in alphabetical order. */
export const actions = [
  checkpointApprove,
  checkpointEditFile,
  checkpointEditLine,
  checkpointRedo,
  checkpointReject,
  offerDub,
  offerSubtitles,
  offerTranscribe,
  projectDelete,
  projectDeleteNow,
  projectExport,
  projectReopen,
  projectShow,
  revisionApply,
  revisionDiscard,
  runCancel,
  runPause,
  runResume,
  settingsKeys,
  settingsSaveKey,
  stepRetry,
  stepUpload,
  teamRemoveNow,
  voiceListen,
] as const satisfies readonly Action[]
