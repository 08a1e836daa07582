import type { Amounts, CooperativeRef, ItemRef, Schemas, Shape } from './types';

export type ApprovalState = 'waiting' | 'approved' | 'declined' | 'withdrawn' | 'lapsed';
export type PlanKind = 'none' | 'need' | 'campaign';
/** What becomes of what a firm does not get, and what became of it. */
export type PlanB = Shape<
  Schemas['PlanB'],
  {
    kind: PlanKind;
    alternative: Shape<Schemas['AlternativeRef']> | null;
    results: Shape<
      Schemas['PlanBResult'],
      {
        outcome: 'joined' | 'need_opened' | 'need_stays' | 'nothing';
        campaign: string | null;
        need: string | null;
      }
    >[];
  }
>;
/** A commitment above its firm's limit: `value` and `limit` in minor units with VAT. */
export type Approval = Shape<
  Schemas['Approval'],
  {
    state: ApprovalState;
    cooperative: CooperativeRef;
    campaign: Shape<Schemas['ApprovalCampaign'], { item: ItemRef }>;
    limit: number | null;
    alternative: Shape<Schemas['AlternativeRef']> | null;
    price_limit: string | null;
    decided_at: string | null;
  }
>;
/** A commitment to an open campaign with what the firm will owe; null where nothing would be asked. */
export type BasketRow = Shape<
  Schemas['BasketRow'],
  {
    campaign: Shape<Schemas['BasketCampaign'], { item: ItemRef }>;
    price_limit: string | null;
    price_now: string | null;
    now: Amounts | null;
    at_most: Amounts | null;
    plan_b: PlanKind;
    alternative: Shape<Schemas['AlternativeRef']> | null;
  }
>;
export type BasketTotal = Shape<Schemas['BasketTotal']>;
/** How commitments came together over time. */
export type Course = Shape<Schemas['Course']>;
export type ApprovalLimit = Shape<Schemas['ApprovalLimit'], { amount: number | null }>;

export type NeedListState = 'uploaded' | 'queued' | 'running' | 'done';
export type NeedListRow = Shape<Schemas['NeedListRow'], { state: NeedListState }>;
export type NeedList = Shape<
  Schemas['NeedList'],
  { state: NeedListState; mapping: Record<string, number | null> }
>;
export type NeedVerdict = 'new' | 'already' | 'rejected';
export type NeedListLine = Shape<
  Schemas['NeedListLine'],
  { verdict: NeedVerdict; item: ItemRef | null; suggested: ItemRef[] }
>;

/** Where a firm's goods go: its address, and what it named before. */
export type DeliveryPlaces = Shape<Schemas['DeliveryPlaces']>;

/** What would be taken of a campaign that is being filled after its deadline. */
export type FillingWay = Shape<Schemas['Way']>;
export type Filling = Shape<Schemas['Filling'], { ways: FillingWay[] }>;
