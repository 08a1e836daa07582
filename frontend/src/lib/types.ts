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
  pack_size: number;
  vat_class: 'taxable' | 'zero_rated' | 'exempt';
  category: CategoryRef | null;
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
  /** Left out by servers that count elsewhere. */
  unread?: number;
}

export interface Tier {
  min_quantity: number;
  unit_price: Decimal;
}
/** A tier with its own progress, counted at its own price (docs/concepts: clearing). */
export interface LadderTier extends Tier {
  demand: number | null;
  orderable: number | null;
  firms: number;
  carries: boolean;
  /** Null where it would give one firm's quantity away. */
  reached_percent: number | null;
  missing: number | null;
  missing_firms: number;
}
export interface Ladder {
  list_price: Decimal;
  tiers: LadderTier[];
  current: number | null;
  next: NextTier | null;
  firms: number;
  quantity: number | null;
  threshold_quantity: number;
  threshold_firms: number;
  pack_size: number;
  capacity: number | null;
  cliff: Cliff | null;
}
export interface NextTier {
  tier: number;
  unit_price: Decimal;
  missing: number;
  missing_firms: number;
  /** Against the present price; against the list price while no tier carries. */
  saving_each: Decimal;
}
/** Ordering `quantity` at a deeper tier costs less in all than the present smaller order. */
export interface Cliff {
  tier: number;
  unit_price: Decimal;
  quantity: number;
  extra: number;
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
  valid_until: Instant;
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
  unit_price: Decimal;
  quantity: number;
  supply_value: number;
  vat: number;
  total: number;
}
export interface Quote {
  now: Amounts | null;
  next: (Amounts & { missing: number }) | null;
  kept_out: boolean;
  may_be_cut: boolean;
  may_be_dropped: boolean;
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
  firms: number;
  rule: Rationing;
  closed_at: Instant;
  /** Empty when the clock closed it. */
  closed_by: string;
  inputs_hash: string;
  reason: string;
  mine: { awarded: number; verdict: Verdict; sentence: string } | null;
}
export interface HistoryRow {
  id: Id;
  at: Instant;
  who: string;
  what: string;
  from_state: string;
  to_state: string;
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
/** What may be changed about a need; the item and the cooperative stay. */
export interface NeedChange {
  quantity: number;
  needed_by: Day;
  price_limit: Decimal | null;
  note: string;
}
export interface NeedBody extends NeedChange {
  cooperative: Id;
  item: Id;
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
  /** Whom to ask while there are no instructions. */
  notice?: string | null;
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
  note?: string;
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
