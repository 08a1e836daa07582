import type ko from './ko';

const en: typeof ko = {
  back: 'Member firms',
  account: 'Account sheet',
  profile: 'The firm',
  number: 'Business number',
  noNumber: 'Not registered yet',
  tax: 'Tax service',
  representative: 'Representative',
  trade: 'Trade',
  address: 'Address',
  phone: 'Telephone',
  buys: 'Buys',
  buysNone: 'Not said',
  membership: 'In our cooperative',
  joined: 'Joined',
  division: 'Division',
  code: 'Member code',
  last: 'Last active',
  lastNone: 'Not yet',
  documents: 'Documents',
  campaigns: 'Campaigns',
  campaignsNone: 'In no campaign yet',
  withdrawn: 'Withdrawn',
  orders: 'Orders',
  ordersNone: 'No orders yet',
};

export default en;
