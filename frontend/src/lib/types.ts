/**
 * The shapes the API speaks. This is the only file that names them: pages import from here, so that
 * an alias of the generated schema (`schema.d.ts`) can take the place of a shape in one line.
 */

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

export interface FirmRef {
  id: Id;
  name: string;
}
export interface CooperativeRef {
  id: Id;
  name: string;
  zone: string;
  currency: string;
}
export interface CooperativeChoice extends CooperativeRef {
  region: string;
}
export interface CategoryRef {
  id: Id;
  name: string;
}
export interface ItemRef {
  id: Id;
  name: string;
  code: string;
  unit: string;
  unit_label: string;
  vat_class: 'taxable' | 'zero_rated' | 'exempt';
  category: CategoryRef | null;
}
export interface Item extends ItemRef {
  pack_size: number;
}

export type Role = 'owner' | 'buyer' | 'viewer' | 'coordinator' | 'auditor' | 'operator';
export interface Membership {
  id: Id;
  cooperative: CooperativeRef;
  status: 'applied' | 'active' | 'suspended' | 'left';
}
export interface Seat {
  id: Id;
  role: Role;
  kind: 'firm' | 'cooperative' | 'platform';
  firm: FirmRef | null;
  cooperative: CooperativeRef | null;
  memberships: Membership[];
  supplies: boolean;
}
export interface Me {
  user: { id: Id; email: string; name: string; language: Language };
  seats: Seat[];
  seat: Id | null;
  capabilities: string[];
  now: Instant;
  unread: number;
}

export interface Tier {
  min_quantity: number;
  unit_price: Decimal;
}
/** A tier with its own progress, counted at its own price (docs/concepts: clearing). */
export interface LadderTier extends Tier {
  demand: number | null;
  orderable: number | null;
  firms: number | null;
  carries: boolean;
  reached_percent: number;
  missing: number | null;
}
export interface Ladder {
  list_price: Decimal | null;
  tiers: LadderTier[];
  current: number | null;
  next: { tier: number; unit_price: Decimal; missing: number; saving_each: Decimal | null } | null;
  firms: number | null;
  quantity: number | null;
  threshold_quantity: number;
  threshold_firms: number;
  pack_size: number;
  capacity: number | null;
  cliff: Cliff | null;
}
export interface Cliff {
  tier: number;
  quantity: number;
  saves: number;
}

export type CampaignState =
  | 'draft'
  | 'sourcing'
  | 'open'
  | 'closing'
  | 'settling'
  | 'ordered'
  | 'delivering'
  | 'completed'
  | 'failed'
  | 'cancelled';
export type Rationing = 'uniform' | 'proportional' | 'first_come';
export type Reach = 'own' | 'partners' | 'all';

export interface CampaignRow {
  id: Id;
  title: string;
  host: CooperativeRef;
  item: ItemRef;
  state: CampaignState;
  reach: Reach;
  closes_at: Instant | null;
  offers_due_at: Instant | null;
  zone: string;
  currency: string;
  ladder: Ladder | null;
  mine: { quantity: number; state: string } | null;
}
export interface Award {
  offer: Id;
  supplier: FirmRef;
  reason: string;
  lead_time_days: number;
  pack_size: number;
  capacity: number | null;
  delivery_cost: number;
  valid_until: Day;
}
export interface Commitment {
  id: Id;
  quantity: number;
  tolerance: number;
  minimum: number;
  price_limit: Decimal | null;
  state: 'active' | 'withdrawn';
  accepted_at: Instant;
  firm: FirmRef;
  cooperative: CooperativeRef;
}
export interface CommitmentBody {
  quantity: number;
  tolerance: number;
  minimum: number;
  price_limit: Decimal | null;
  cooperative?: Id;
}
export interface Campaign extends CampaignRow {
  description: string;
  delivery_place: string;
  threshold_quantity: number;
  threshold_firms: number;
  rationing: Rationing;
  sealed: boolean;
  payment_days: number;
  payment_due_at: Instant | null;
  award: Award | null;
  commitment: Commitment | null;
  can: Record<string, boolean>;
  outcome: { text: string } | null;
  clearing: Id | null;
  now: Instant;
}
export interface Amounts {
  supply_value: number;
  vat: number;
  total: number;
}
export interface Quote {
  now: { unit_price: Decimal | null; carries: boolean; in: boolean } & Amounts;
  next: ({ unit_price: Decimal; missing: number } & Amounts) | null;
  kept_out: boolean;
  sentence: string;
  saving: { each: Decimal; total: number; against: 'list_price' | 'last_price' } | null;
  at_most: Amounts | null;
}
export type Verdict = 'awarded' | 'priced_out' | 'below_minimum' | 'not_allocated';
export interface Clearing {
  number: number;
  outcome: 'succeeded' | 'failed';
  unit_price: Decimal | null;
  quantity: number;
  rule: Rationing;
  closed_at: Instant;
  closed_by: string | null;
  inputs_hash: string;
  reason: string;
  mine: { awarded: number; verdict: Verdict; sentence: string } | null;
}
export interface HistoryRow {
  at: Instant;
  who: string;
  what: string;
  from: string | null;
  to: string | null;
  why: string;
}

export interface Need {
  id: Id;
  firm: FirmRef | null;
  item: ItemRef;
  quantity: number;
  needed_by: Day;
  price_limit: Decimal | null;
  note: string;
  state: 'open' | 'in_campaign' | 'met' | 'withdrawn' | 'expired';
  pool: Id | null;
  cooperative: CooperativeRef;
  created_at: Instant;
  campaign: { id: Id; title: string } | null;
}
export interface NeedBody {
  cooperative: Id;
  item: Id;
  quantity: number;
  needed_by: Day;
  price_limit: Decimal | null;
  note: string;
}
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

export type PaymentState = 'awaiting_transfer' | 'paid' | 'cancelled' | 'refund_due' | 'refunded';
export interface Payment {
  id: Id;
  order: Id;
  amount: number;
  currency: string;
  provider: string;
  state: PaymentState;
  reference: string;
  due_at: Instant | null;
  instructions: { bank: string; account: string; holder: string } | null;
  paid_at: Instant | null;
  depositor: string;
}
export interface Shipment {
  id: Id;
  order: Id;
  carrier: string;
  tracking_number: string;
  quantity: number;
  shipped_date: Day;
  state: 'shipped' | 'received';
  received_quantity: number | null;
  received_at: Instant | null;
}
export type OrderState = 'awaiting_payment' | 'paid' | 'shipped' | 'received' | 'cancelled';
export interface Order {
  id: Id;
  number: string;
  campaign: { id: Id; title: string };
  firm: FirmRef;
  cooperative: CooperativeRef;
  item: ItemRef;
  supplier: FirmRef;
  quantity: number;
  unit_price: Decimal;
  supply_value: number;
  vat: number;
  total: number;
  currency: string;
  state: OrderState;
  created_at: Instant;
  payment: Payment | null;
  shipments: Shipment[];
}

export interface Notification {
  id: Id;
  kind: string;
  text: string;
  link: string;
  created_at: Instant;
  read_at: Instant | null;
}
export interface DeskRow {
  kind: string;
  text: string;
  link: string;
  due_at: Instant | null;
  count: number | null;
}
export interface FirmBody {
  name: string;
  business_number: string;
  representative: string;
  address: string;
  supplies: boolean;
  cooperative: Id | null;
}

/** What the API says when it refuses: application/problem+json. */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  fields?: Record<string, { code: string; message: string }[]>;
  request_id?: string;
}
