/** Shapes of the office's and the supplier's pages; types.ts has those that everybody meets. */
import type {
  Amounts,
  Campaign,
  CampaignState,
  CooperativeRef,
  Day,
  Decimal,
  FirmRef,
  Id,
  Instant,
  ItemRef,
  Ladder,
  Need,
  Payment,
  Pool,
  Rationing,
  Tier,
  Verdict,
} from './types';

/** A campaign as its office sees it. */
export interface DeskCampaign extends Campaign {
  for_all_suppliers: boolean;
  opened_at: Instant | null;
  closed_at: Instant | null;
  partners: CooperativeRef[];
}
/** What the office writes into a campaign before it opens. */
export interface CampaignBody {
  title: string;
  description: string;
  reach: Campaign['reach'];
  partners: Id[];
  threshold_quantity: number;
  threshold_firms: number;
  rationing: Rationing;
  sealed: boolean;
  for_all_suppliers: boolean;
  offers_due_at: Instant | null;
  closes_at: Instant | null;
  payment_days: number;
  delivery_place: string;
}

export type OfferState = 'submitted' | 'withdrawn' | 'awarded' | 'declined';
export interface Offer {
  id: Id;
  campaign: {
    id: Id;
    title: string;
    state: CampaignState;
    item: ItemRef;
    offers_due_at: Instant | null;
    closes_at: Instant | null;
  };
  supplier: FirmRef;
  state: OfferState;
  tiers: Tier[];
  pack_size: number;
  capacity: number | null;
  lead_time_days: number;
  delivery_cost: number;
  currency: string;
  valid_until: Instant;
  note: string;
  created_at: Instant;
  revised_at: Instant;
}
export interface OfferBody {
  tiers: Tier[];
  pack_size: number;
  capacity: number | null;
  lead_time_days: number;
  delivery_cost: number;
  valid_until: Instant;
  note: string;
}

export interface DryRunRow {
  firm: FirmRef;
  quantity: number;
  tolerance: number;
  minimum: number;
  price_limit: Decimal | null;
  awarded: number;
  verdict: Verdict;
  sentence: string;
}
/** What one rationing rule would give, by firm id. */
export interface RuleResult {
  rule: Rationing;
  sentence: string;
  quantity: number;
  firms: number;
  awards: Record<Id, number>;
}
export interface DryRun {
  outcome: 'succeeded' | 'failed';
  unit_price: Decimal | null;
  quantity: number;
  firms: number;
  supply_value: number;
  sentence: string;
  shared: string;
  ladder: Ladder;
  rows: DryRunRow[];
  rules: RuleResult[];
}
export interface ClearingLine extends DryRunRow {
  cooperative: CooperativeRef;
}

export interface DeskPayment extends Payment {
  order_number: string;
  campaign: { id: Id; title: string };
  firm: FirmRef;
  received_date: Day | null;
}

export interface PurchaseOrderRow extends Omit<Amounts, 'quantity'> {
  id: Id;
  number: string;
  campaign: { id: Id; title: string };
  supplier: FirmRef;
  cooperative: CooperativeRef;
  item: ItemRef;
  quantity: number;
  delivery_cost: number;
  currency: string;
  state: 'issued' | 'confirmed' | 'refused' | 'cancelled' | 'fulfilled';
  due_date: Day | null;
  issued_at: Instant;
  confirmed_at: Instant | null;
}
export interface Recipient extends FirmRef {
  representative: string;
  address: string;
  phone: string;
}
export interface PurchaseOrderLine {
  order: Id;
  number: string;
  firm: Recipient;
  address: string;
  quantity: number;
  shipped: number;
  received: number;
  state: string;
}
export interface PurchaseOrder extends PurchaseOrderRow {
  delivery_place: string;
  lines: PurchaseOrderLine[];
  lines_count: number;
}

export interface Reason {
  code: string;
  message: string;
}
export type ImportState = 'uploaded' | 'queued' | 'running' | 'done' | 'failed';
export interface ImportRow {
  id: Id;
  filename: string;
  size: number;
  state: ImportState;
  counts: {
    lines: number;
    done: number;
    kept: number;
    rejected: number;
    already_there: number;
    firms_new: number;
    items_new: number;
    purchases_new: number;
  };
  problem: string | null;
  created_at: Instant;
  finished_at: Instant | null;
  created_by: { id: Id; name: string };
}
export interface ImportField {
  name: string;
  label: string;
  required: boolean;
  /** Of these fields one is needed; empty where that is not so. */
  one_of: string[];
}
export type DateOrder = 'ymd' | 'mdy' | 'dmy';
export interface ImportRules {
  five_digit_codes: boolean;
  c_is_cancelled: boolean;
  date_order: DateOrder;
}
export interface Import extends ImportRow {
  columns: { index: number; header: string; samples: string[] }[];
  mapping: Record<string, number | null>;
  rules: ImportRules;
  fields: ImportField[];
  preview: {
    rows: { line: number; values: Record<string, string>; problem: Reason | null }[];
    lines: number;
    whole: boolean;
    kept: number;
    rejected: (Reason & { count: number })[];
  };
}
export interface Rejection {
  line: number;
  reason: Reason;
  values: string[];
}
export interface Purchase {
  id: Id;
  firm: FirmRef;
  item: ItemRef;
  quantity: number;
  unit_price: Decimal;
  currency: string;
  purchased_date: Day;
  document: string;
}
export interface PoolDetail extends Pool {
  needs: Need[] | null;
}

export interface Member {
  id: Id;
  firm: FirmRef & { business_number: string | null; representative: string; address: string };
  division: { id: Id; name: string } | null;
  member_code: string;
  status: 'applied' | 'active' | 'suspended' | 'left';
  joined_at: Instant | null;
}
