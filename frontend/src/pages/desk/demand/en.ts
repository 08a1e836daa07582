import type ko from './ko';

const counted = new Intl.NumberFormat('en-GB');
const n = (value: number) => counted.format(value);
const s = (value: number, one: string) => `${n(value)} ${value === 1 ? one : `${one}s`}`;

const en: typeof ko = {
  pools: 'Pools of needs',
  poolsText: 'Needs for the same item, put together. Each pool can become one campaign.',
  search: 'Find by item',
  show: 'Show',
  shows: { open: 'Gathering', in_campaign: 'In a campaign', all: 'All' },
  orderings: { '-created_at': 'Newest first', needed_by: 'Most urgent first' },
  category: 'Category',
  item: 'Item',
  firms: 'Firms',
  firmsCount: (count: number) => s(count, 'firm'),
  quantity: 'Quantity',
  earliest: 'Earliest date',
  state: 'State',
  make: 'Make a campaign',
  makeTitle: (item: string) => `Make a campaign for ${item}?`,
  makeText: (firms: number, quantity: string) =>
    `A draft is made of ${quantity}, needed by ${s(firms, 'firm')}. Threshold and deadlines are filled in sensibly; you can change them before it starts.`,
  made: 'The draft was made',
  poolsNone: 'No needs have been stated',
  poolsNoneText: 'When members state needs, they are put together by item and appear here.',
  toCampaigns: 'See the campaigns',
  needs: 'Needs in this pool',
  needsNone: 'No needs are left in this pool',
  firm: 'Firm',
  neededBy: 'Needed by',
  limit: 'Price limit',
  anyPrice: 'any price',
  note: 'Note',
  limits: 'Quantity by price limit',
  limitsText:
    'How many firms would buy how much if the price was this. Use it when you talk to suppliers.',
  upTo: (price: string) => `at ${price} or less`,
  toPurchases: 'Past purchases of this item',

  purchases: 'Past purchases',
  purchasesText: 'What members bought before. Used to tell them what they save.',
  searchPurchases: 'Find by firm, item or document number',
  import: 'Import from a file',
  imports: 'Imports so far',
  items: 'Items and categories',
  date: 'Date',
  unitPrice: 'Unit price',
  document: 'Document',
  newest: 'Newest first',
  oldest: 'Oldest first',
  onlyItem: 'Only the chosen item is shown',
  purchasesNone: 'No past purchases yet',
  purchasesNoneText:
    'Upload a purchase history (Excel or CSV): firms, items and purchases come out of it at once.',
};

export default en;
