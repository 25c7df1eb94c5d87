import { offerAction } from './offer.ts'

export const offerSubtitles = offerAction('subtitles')
