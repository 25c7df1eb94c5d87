import { offerAction } from './offer.ts'

export const offerDub = offerAction('dub')
