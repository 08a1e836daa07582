import type ko from './fields-ko';

const en: typeof ko = {
  name: 'Name of the cooperative',
  nameEn: 'Name in English',
  nameEnHint: 'Shown to those who read English.',
  representative: 'Representative',
  phone: 'Telephone',
  region: 'Region',
  regionHint: 'Such as Busan',
  address: 'Address',
  zone: 'Time zone',
  zoneHint: 'Deadlines are shown on this clock.',
  currency: 'Currency',
  currencyHint: 'Amounts of campaigns are in this currency.',
};

export default en;
