import { offerAction } from './offer.ts'

export const offerTranscribe = offerAction('transcribe')
