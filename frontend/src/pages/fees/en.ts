import type ko from './ko';

const en: typeof ko = {
  fee: 'Fee',
  hostFee: "Host's fee",
  ownFee: "Own cooperative's fee",
  vat: 'VAT on the fee',
  vatOnIt: 'VAT on it',
  host: (name: string) => `${name} (host)`,
  own: (name: string) => `${name} (your own)`,
  none: 'None',
  rates: (rate: string, host: string, vat: string) =>
    `${rate} of the supply value (host: ${host}), with ${vat} VAT on top`,
  plainRates: (rates: string) => `The cooperatives ask ${rates} of the supply value`,
  agreed: (rates: string) => `${rates} of the supply value`,
  through: (name: string, rate: string) =>
    rate ? `Members of ${name} pay ${rate} more.` : `Members of ${name} pay nothing more.`,
  choice: (name: string, rate: string) => `${name} (fee: ${rate} more)`,
  fixed: 'Fixed when the campaign opened: it stays here even if a cooperative asks for more later.',
  notFixed: 'Will be fixed when the campaign opens.',
  why: "How the cooperatives' fee is computed",
  whyText:
    "The supply value times the rate, rounded down to the smallest unit of the currency. Every firm pays the host's share; members who buy in another cooperative's campaign pay their own cooperative's share too. None of it goes to the supplier, and nothing is due if the campaign fails.",
  line: (name: string, value: string, rate: string, fee: string) =>
    `${name}: ${value} × ${rate} = ${fee}`,
  vatLine: (rate: string, vat: string) => `VAT ${rate}: ${vat}`,
};

export default en;
