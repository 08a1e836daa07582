import type { CooperativeRef, Schemas, Shape } from './types';

/** How a cooperative is paid: transfer, and each provider with its account. */
export type KeyChange = Shape<Schemas['KeyChange'], { currencies: string[]; methods: string[] }>;
export type OnlineWay = Shape<
  Schemas['OnlineWay'],
  {
    account: Shape<
      Schemas['OnlineAccount'],
      {
        state: 'unchecked' | 'ready' | 'failed' | 'off';
        currencies: string[];
        methods: string[];
        checked_at: string | null;
      }
    > | null;
    key: Shape<Schemas['KnownKey']> | null;
    waiting: KeyChange | null;
    depending: Shape<Schemas['Depending']> | null;
  }
>;
export type Ways = Shape<Schemas['Ways'], { online: OnlineWay[] }>;

/** A method that a firm saved or is saving. */
export type Method = Shape<
  Schemas['Method'],
  {
    state: 'pending' | 'active' | 'failed' | 'revoked';
    cooperative: CooperativeRef;
    expires: string | null;
    agreed: Shape<Schemas['CampaignTitle']>[];
  }
>;
export type Place = Shape<Schemas['Place'], { cooperative: CooperativeRef; methods: string[] }>;
export type Methods = Shape<Schemas['Methods'], { methods: Method[]; places: Place[] }>;
export type Consent = Shape<
  Schemas['Consent'],
  { campaign: Shape<Schemas['CampaignTitle']>; ended_at: string | null }
>;

/** How a firm pays for one campaign; amounts in minor units. */
export type OfferedMethod = Shape<
  Schemas['OfferedMethod'],
  { expires: string | null; limit: number | null }
>;
export type Way = Shape<
  Schemas['PaymentWay'],
  {
    most: number | null;
    consent: Consent | null;
    cooperative: CooperativeRef;
    methods: OfferedMethod[];
    terms: CampaignTerms | null;
  }
>;
/** Whether a firm may pay for a campaign on terms; `why`: empty, or why not. */
export type CampaignTerms = Shape<
  Schemas['CampaignTerms'],
  { basis: Basis; chosen_due_on: string | null }
>;
export type Basis = 'closing' | 'month_end';
export type Terms = Shape<Schemas['PaymentTerms'], { basis: Basis }>;
export type CreditLine = Shape<Schemas['CreditLine']>;
export type Monthly = Shape<Schemas['Monthly'], { due_at: string | null }>;
export type MonthlyWhole = Shape<
  Schemas['MonthlyWhole'],
  { due_at: string | null; instructions: Schemas['BankInstructions'] | null }
>;

/** A payment by a saved method, as the firm that owes it sees it. */
export type OnLine = Shape<
  Schemas['OnLine'],
  {
    methods: Shape<Schemas['UsableMethod'], { expires: string | null }>[];
    again_at: string | null;
    next_url: string | null;
  }
>;

/** Something between the books and the provider that the office settles. */
export type OpenItem = Shape<
  Schemas['OpenItem'],
  {
    state: 'open' | 'settled';
    campaign: Shape<Schemas['CampaignTitle']> | null;
    firm: Shape<Schemas['FirmRef']> | null;
    order: string | null;
    ours: number | null;
    theirs: number | null;
    outcomes: Record<string, string>;
    settled_at: string | null;
  }
>;
export type RefusedEvents = Shape<Schemas['Refused']>;
