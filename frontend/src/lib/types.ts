import type { components } from './schema';
import type { Answer } from './types-changes';
import type { Approval, PlanB } from './types-joining';

/**
 * The shapes the API speaks. This is the only file that names them: pages import from here. What
 * docs/api/openapi.yml describes is an alias of the generated schema, so that a change there is a type
 * error here; what it does not yet describe is written out.
 */
export type Schemas = components['schemas'];

/** An answer has all its fields: the schema calls those with a default optional. */
type Full<T> = T extends (infer U)[]
  ? Full<U>[]
  : T extends object
    ? { -readonly [K in keyof T]-?: Full<Exclude<T[K], undefined>> }
    : T;

/** A shape of the schema, some of its fields said more exactly; only fields it has can be named. */
export type Shape<
  S,
  Exact extends { [K in keyof Exact]: K extends keyof S ? unknown : never } = object,
> = Omit<Full<S>, keyof Exact> & Exact;

export type Id = string;
/** A unit price in major units of its currency, VAT excluded: "1250", "4.95". */
export type Decimal = string;
/** An instant, ISO 8601 in UTC. */
export type Instant = string;
/** A calendar day, "2026-05-31". */
export type Day = string;
export type Language = 'ko' | 'en';

export interface Page<T> {
  next: string | null;
  previous: string | null;
  results: T[];
}

export type FirmRef = Shape<Schemas['FirmRef']>;
export type CooperativeRef = Shape<Schemas['CooperativeRef']>;
export type CooperativeChoice = Shape<Schemas['Cooperative']>;
export type CategoryRef = Shape<Schemas['CategoryRef']>;
export type ItemRef = Shape<Schemas['ItemRef'], { vat_class: VatClass }>;
/** An item of the catalogue: the same shape, by the name the catalogue has for it. */
export type Item = ItemRef;
export type VatClass = 'taxable' | 'zero_rated' | 'exempt';

export type Role = 'owner' | 'buyer' | 'viewer' | 'coordinator' | 'auditor' | 'operator';
export type Membership = Shape<Schemas['SeatMembership'], { status: MembershipState }>;
export type MembershipState = 'applied' | 'invited' | 'active' | 'suspended' | 'left';
export type Seat = Shape<Schemas['Seat'], { role: Role; memberships: Membership[] }>;
export type Me = Shape<Schemas['Me'], { user: Person; seats: Seat[] }>;
export type Person = Shape<Schemas['Person'], { language: Language }>;

export type Tier = Shape<Schemas['Tier']>;
/** A tier with its own progress, counted at its own price; null where it would give a firm away. */
export type LadderTier = Shape<Schemas['LadderTier']>;
export type Ladder = Shape<Schemas['Ladder']>;
export type Standing = Shape<Schemas['Standing']>;
/** `saving_each`: against the present price, or the list price while no tier carries. */
export type NextTier = Shape<Schemas['NextTier']>;
/** Ordering `quantity` at a deeper tier costs less in all than the present smaller order. */
export type Cliff = Shape<Schemas['Cliff']>;

export type CampaignState = Schemas['StateEnum'];
export type Rationing = Schemas['RationingEnum'];
export type Reach = Schemas['ReachEnum'];

export type CampaignRow = Shape<Schemas['CampaignRow'], { item: ItemRef; reach: Reach }>;
export type Award = Shape<Schemas['Award']>;
export type Commitment = Shape<Schemas['Commitment'], { state: 'active' | 'withdrawn' }>;
export type CommitmentBody = Schemas['CommitRequest'] &
  Required<Pick<Schemas['CommitRequest'], 'quantity' | 'tolerance' | 'minimum' | 'price_limit'>>;
/** A commitment as far as a quote asks: where it goes costs nothing. */
export type Wish = Omit<CommitmentBody, 'deliver_to'> & { deliver_to?: string };
export type Campaign = Shape<
  Schemas['Campaign'],
  {
    item: ItemRef;
    reach: Reach;
    rationing: Rationing;
    award: Award | null;
    commitment: Commitment | null;
    approval: Approval | null;
    plan_b: PlanB | null;
    answer: Answer | null;
  }
>;
export type Amounts = Shape<Schemas['Amounts']>;
export type Quote = Shape<Schemas['Quote']>;
export type Verdict =
  'awarded' | 'priced_out' | 'below_minimum' | 'not_allocated' | 'unanswered' | 'lapsed';
/** `closed_by` is empty when the clock closed it. */
export type Clearing = Shape<
  Schemas['Clearing'],
  {
    outcome: 'succeeded' | 'short' | 'failed';
    rule: Rationing;
    mine: ClearingLine | null;
    nearest: Shape<
      Schemas['NearestRef'],
      { likeness: 'item' | 'alike' | 'category'; item: string }
    > | null;
  }
>;
export type ClearingLine = Shape<Schemas['ClearingLine'], { verdict: Verdict }>;
/** One row of a trail, in words. */
export type TrailRow = Shape<
  Schemas['TrailRow'],
  { lines: Shape<Schemas['TrailLine']>[]; firm: string | null; campaign_id: Id | null }
>;

export interface Need {
  id: Id;
  firm: FirmRef | null;
  item: ItemRef;
  /** In the item's unit; `said` is what the firm said where that was another. */
  quantity: number;
  said: Shape<Schemas['Said']> | null;
  needed_by: Day;
  price_limit: Decimal | null;
  note: string;
  state: 'open' | 'in_campaign' | 'met' | 'withdrawn' | 'expired';
  pool: Id | null;
  cooperative: CooperativeRef;
  created_at: Instant;
  campaign: { id: Id; title: string } | null;
}
/** What may be changed about a need; the item and the cooperative stay. */
export interface NeedChange {
  quantity: number;
  /** What quantity and limit are said in; null: the item's own. */
  unit: Id | null;
  needed_by: Day;
  price_limit: Decimal | null;
  note: string;
}
export interface NeedBody extends NeedChange {
  cooperative: Id;
  item: Id;
}
/** A need that the firm's own purchases suggest. */
export type NeedPlan = Shape<
  Schemas['NeedPlan'],
  { item: ItemRef; rhythm: 'week' | 'month'; state: 'active' | 'stopped' }
>;
export type LastTime = Schemas['LastTime'];
export type ProposedNeed = Shape<
  Schemas['ProposedNeed'],
  { item: ItemRef; cooperative: CooperativeRef; state: 'open' | 'accepted' | 'dismissed' }
>;
export interface Pool {
  id: Id;
  cooperative: CooperativeRef;
  item: ItemRef;
  quantity: number | null;
  firms: number | null;
  earliest_needed_by: Day | null;
  state: 'open' | 'in_campaign';
  mine: number | null;
}

export type PaymentState =
  | 'awaiting_transfer'
  | 'on_account'
  | 'scheduled'
  | 'processing'
  | 'requires_action'
  | 'retrying'
  | 'paid'
  | 'lapsed'
  | 'cancelled'
  | 'partially_refunded'
  | 'refund_due'
  | 'refunded'
  | 'disputed'
  | 'charged_back';
/** `notice` says whom to ask while there are no `instructions`. */
export type Payment = Shape<Schemas['OrderPayment'], { state: PaymentState }>;
export type Shipment = Shape<Schemas['OrderShipment'], { state: 'shipped' | 'received' }>;
export type OrderState = 'awaiting_payment' | 'paid' | 'shipped' | 'received' | 'cancelled';
export type Order = Shape<
  Schemas['Order'],
  { state: OrderState; item: ItemRef; payment: Payment | null; shipments: Shipment[] }
>;

export type Notification = Shape<Schemas['Notification']>;
export interface DeskRow {
  kind: string;
  text: string;
  link: string;
  due_at: Instant | null;
  count: number | null;
}
export type FirmBody = Required<Schemas['FirmRegistrationRequest']>;

/** What the API says when it refuses: application/problem+json. */
export type ProblemBody = Shape<Schemas['Problem']>;
