/** Shapes of standing offers and price lists. */
import type { CooperativeRef, ItemRef, Schemas, Shape } from './types';

export type StandingOffer = Shape<
  Schemas['StandingRow'],
  { item: ItemRef; state: 'active' | 'ended'; cooperatives: CooperativeRef[] }
>;
export type StandingBody = Required<Omit<Schemas['NewStandingRequest'], 'item'>>;
export type StandingVersion = Shape<Schemas['StandingVersion']>;
export type Fitting = Shape<Schemas['Fitting'], { offers: FittingOffer[] }>;
export type FittingOffer = Shape<Schemas['FittingOffer'], { standing_offer: StandingOffer }>;
/** Of which standing offer an offer on a campaign was made, and by which side. */
export type Origin = Shape<Schemas['Origin']>;

export type SheetState = 'uploaded' | 'queued' | 'done' | 'failed';
export type PriceSheetRow = Shape<Schemas['SheetRow'], { state: SheetState }>;
export type PriceSheet = Shape<
  Schemas['Sheet'],
  { state: SheetState; mapping: Record<string, number | null>; defaults: SheetDefaults }
>;
export type SheetDefaults = Partial<Shape<Schemas['SheetDefaultsShape']>>;
export type SheetLine = Shape<Schemas['SheetLine']>;
export type SheetVerdict = SheetLine['verdict'];
export type MissingOffer = Shape<Schemas['Missing'], { item: ItemRef }>;
