import type ko from './trade-ko';

const en: typeof ko = {
  title: 'Trade between cooperatives',
  intro:
    'What was bought together by this cooperative and others. Counted are paid orders, by the day of closing.',
  period: (since: string, until: string) => `${since} – ${until}`,
  since: 'From',
  until: 'Until',
  partner: 'Other cooperative',
  host: 'Run by',
  cooperative: 'Members of',
  campaigns: 'Campaigns',
  firms: 'Firms',
  quantity: 'Quantity',
  value: 'Supply value',
  hostFee: "Host's fee",
  partnerFee: "Members' cooperative's fee",
  feeVat: 'VAT on fees',
  partnerDue: 'To pass on',
  feesText:
    "Fees are without VAT. Both arrive on the host's account, which passes the other cooperative's share on together with its VAT.",
  evidence: 'Download the evidence',
  file: 'Evidence of trade',
  none: 'Nothing was bought together in this period',
  noneText: 'Once a campaign with a partner has been paid for, it is counted here.',
};

export default en;
