import type { Schemas, Shape } from '../../lib/types';

export type Entry = Shape<Schemas['LedgerEntry']>;
export type Balance = Shape<Schemas['LedgerBalance']>;
export type Sheets = Shape<Schemas['AccountSheets']>;
export type CampaignMoney = Shape<Schemas['CampaignMoney']>;
