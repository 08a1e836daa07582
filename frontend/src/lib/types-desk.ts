/** Shapes of the office's and the supplier's pages; types.ts has those that everybody meets. */
import type {
  Campaign,
  CampaignState,
  CategoryRef,
  ItemRef,
  MembershipState,
  Need,
  Payment,
  PaymentState,
  Pool,
  Rationing,
  Schemas,
  Shape,
  Verdict,
} from './types';

/** A campaign as its office sees it. */
export type DeskCampaign = Campaign;
/** What the office writes into a campaign before it opens. */
export type CampaignBody = Schemas['PatchedCampaignDraftRequest'];

export type OfferState = 'submitted' | 'withdrawn' | 'awarded' | 'declined';
export type OfferCampaign = Shape<
  Schemas['OfferCampaign'],
  { item: ItemRef; state: CampaignState }
>;
export type Offer = Shape<Schemas['Offer'], { state: OfferState; campaign: OfferCampaign }>;
export type OfferBody = Required<Schemas['OfferTermsRequest']>;

/** Offers side by side, cleared against the demand there is. */
export type Comparison = Shape<Schemas['Comparison']>;
export type Compared = Comparison['offers'][number];
export type Trial = Compared['trials'][number];
/** What an award split over two offers would give. */
export type Split = Shape<Schemas['Split']>;

/** What one coordinator of a campaign's host may not decide alone. */
export type Deciding = Shape<Schemas['Deciding']>;
export type Waiting = Deciding['waiting'][number];
export type Question = Shape<Schemas['Question']>;
export type Attachment = Shape<Schemas['Attachment']>;
export type Revision = Schemas['Revision'];
export type OfferTerms = Schemas['Terms'];

export type DryRunRow = Shape<Schemas['DryRunRow'], { verdict: Verdict }>;
/** What one rationing rule would give, by firm id. */
export type RuleResult = Shape<Schemas['RuleResult'], { rule: Rationing }>;
export type DryRun = Shape<Schemas['DryRun'], { rows: DryRunRow[]; rules: RuleResult[] }>;

export type DeskPayment = Shape<Schemas['Payment'], { state: PaymentState }> &
  Omit<Payment, 'refunds'>;

export type PurchaseOrderState = 'issued' | 'confirmed' | 'refused' | 'cancelled' | 'fulfilled';
export type PurchaseOrderRow = Shape<
  Schemas['PurchaseOrderRow'],
  { state: PurchaseOrderState; item: ItemRef }
>;
export type PurchaseOrderLine = Shape<Schemas['PurchaseOrderLine']>;
export type PurchaseOrder = Shape<
  Schemas['PurchaseOrder'],
  { state: PurchaseOrderState; item: ItemRef; lines: PurchaseOrderLine[] }
>;

/** What members are foretold to buy of an item in a month. */
export type Foretold = Shape<
  Schemas['Foretold'],
  { item: ItemRef; campaign: { id: string; title: string } | null }
>;
export type ForetoldDetail = Foretold & Pick<Schemas['ForetoldDetail'], 'buyers'>;

/** Needs of partners' members and the office's own that one campaign could serve. */
export type BundleDetail = Shape<Schemas['BundleDetail'], { item: ItemRef }>;
export type Bundle = Omit<BundleDetail, 'parts'>;
export type BundlePart = BundleDetail['parts'][number];

export type Reason = Shape<Schemas['ReasonShape']>;
export type ImportState = 'uploaded' | 'queued' | 'running' | 'done' | 'failed';
export type ImportRow = Shape<Schemas['ImportRow'], { state: ImportState }>;
/** Of `one_of` fields one is needed; empty where that is not so. */
export type ImportRules = Shape<Schemas['RulesShape']>;
export type Mapping = Record<string, number | null>;
export type Import = Shape<
  Schemas['Import'],
  { state: ImportState; mapping: Mapping; rules: ImportRules }
>;
export type Rejection = Shape<Schemas['Rejection']>;
export type OwnItem = Shape<Schemas['OwnItem'], { category: CategoryRef | null }>;
export type ComparedItem = Shape<Schemas['ComparedItemShape']>;
export type LookAlike = Shape<
  Schemas['LookAlike'],
  { first: ComparedItem; second: ComparedItem; state: 'open' | 'apart' }
>;
export type ItemMerge = Shape<Schemas['ItemMerge'], { state: 'done' | 'undone' }>;
export type ItemAlias = Shape<Schemas['Alias'], { kind: 'name' | 'code' }>;
export type FiledItem = Shape<Schemas['FiledItem']>;
export type Purchase = Shape<Schemas['Purchase'], { item: ItemRef }>;
export type PoolDetail = Pool & { needs: Need[] | null };

export type MemberStatus = MembershipState;
export type Member = Shape<Schemas['Member'], { status: MemberStatus }>;
export type Unit = Shape<Schemas['Unit']>;
