/** Shapes of cooperatives themselves: their offices, their partners, the platform that admits them. */
import type { CooperativeRef, Rationing, Schemas, Shape } from './types';

export type CooperativeState = 'applied' | 'active' | 'refused' | 'suspended' | 'left';
export type Application = Shape<Schemas['Application'], { state: CooperativeState }>;
export type PlatformCooperative = Shape<
  Schemas['PlatformCooperative'],
  { state: CooperativeState }
>;
export type AccountChange = Shape<Schemas['AccountChange']>;
/** `account_change` waits for a second coordinator. */
export type OwnCooperative = Shape<
  Schemas['OwnCooperative'],
  {
    state: CooperativeState;
    default_rationing: Rationing;
    account_change: AccountChange | null;
  }
>;
export type TrailRow = Shape<
  Schemas['Trail'],
  { before: Record<string, string>; after: Record<string, string> }
>;
export type PartnershipState = 'proposed' | 'active' | 'declined' | 'withdrawn' | 'ended';
export type Partnership = Shape<
  Schemas['Partnership'],
  { state: PartnershipState; partner: CooperativeRef }
>;
/** What a form about a cooperative holds. */
export interface ProfileDraft {
  name: string;
  name_en: string;
  region: string;
  zone: string;
  currency: string;
  representative: string;
  address: string;
  phone: string;
}
export type PickupPoint = Shape<Schemas['PickupPoint']>;
export type Collection = Shape<
  Schemas['Collection'],
  { cooperative: CooperativeRef; point: PickupPoint }
>;
export type Guest = Shape<Schemas['Guest']>;
/** What members of `cooperative` bought in campaigns of `host`. */
export type Pair = Shape<Schemas['Pair'], { host: CooperativeRef; cooperative: CooperativeRef }>;
export interface Trade {
  since: string;
  until: string;
  pairs: Pair[];
}
export type TaxStatus = Shape<
  Schemas['TaxStatus'],
  {
    status: '' | 'registered' | 'suspended' | 'closed' | 'unknown';
    problem: '' | 'unreachable' | 'refused' | 'unreadable';
  }
>;
export type FirmDocument = Shape<Schemas['FirmDocument'], { kind: 'registration' | 'other' }>;
export type FirmProfile = Shape<Schemas['FirmProfile'], { tax_status: TaxStatus | null }>;
export type MemberPage = Shape<
  Schemas['MemberPage'],
  {
    firm: FirmProfile;
    documents: FirmDocument[];
    status: 'applied' | 'active' | 'suspended' | 'left';
  }
>;
export type Activity = Shape<Schemas['Activity']>;
