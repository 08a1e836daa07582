/** Shapes of the directory, introductions and firms that are sought out. */
import type { Decimal, ItemRef, Schemas, Shape } from './types';

export type ListingKind = Schemas['ListingKind'];
export type Listing = Shape<Schemas['Listing'], { price: Decimal | null; asked: string | null }>;
export interface ListingBody {
  title: string;
  description: string;
  kind: ListingKind;
  category: string;
  unit: string;
  price: Decimal | null;
  region: string;
  for_campaigns: boolean;
  for_partners: boolean;
}

export type IntroductionStatus = Schemas['IntroductionStatusEnum'];
export type Reach = Shape<Schemas['Reach']>;
export type Introduction = Shape<
  Schemas['Introduction'],
  {
    side: 'seeker' | 'giver' | null;
    reach: Reach[] | null;
    own: { phone: string; address: string } | null;
  }
>;

export type Answer = '' | 'interested' | 'later' | 'not_interested' | 'unreachable';
export type Contact = Shape<Schemas['Contact'], { answer: Answer; item: ItemRef | null }>;
export type Proposal = Shape<Schemas['Proposal'], { answer: Answer }>;
export type Wish = Shape<Schemas['Wish']>;
export type LeftOut = Shape<Schemas['LeftOut'], { answer: Answer | null }>;
export type Suggestions = Shape<Schemas['SuggestionsShape']>;
export type LeftOutSummary = Shape<Schemas['Summary']>;
export type MemberOutreach = Shape<Schemas['MemberOutreach']>;
export type Assembly = Shape<Schemas['Assembly']>;
export type Figures = Shape<Schemas['Figures']>;
