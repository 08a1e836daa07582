import type { Schemas, Shape } from './types';

/** Terms of an offer, or those of them that differ. */
export type Terms = Schemas['Terms'];
export type Term = Schemas['OfferTerm'];
/** A change of the offer of an open campaign. */
export type Change = Shape<
  Schemas['Change'],
  { before: Terms; after: Terms; version: number | null; decided_at: string | null }
>;
export type ChangeBody = Required<Schemas['ChangeTermsRequest']>;
export type ChangeTrial = Shape<Schemas['ChangeTrial'], { before: Terms; after: Terms }>;
export type ChangeEffect = Shape<Schemas['Effect']>;
/** What a firm is asked: what is otherwise than it agreed to. */
export type Answer = Shape<Schemas['Answer'], { before: Terms; after: Terms }>;
