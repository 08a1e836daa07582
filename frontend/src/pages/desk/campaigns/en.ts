import type ko from './ko';

const counted = new Intl.NumberFormat('en-GB');
const n = (value: number) => counted.format(value);
const s = (value: number, one: string, more = `${one}s`) =>
  `${n(value)} ${value === 1 ? one : more}`;

const en: typeof ko = {
  title: 'Campaigns',
  create: 'New campaign',
  search: 'Find by title or item',
  state: 'State',
  scope: 'Show campaigns of other cooperatives',
  orderings: { '-created_at': 'Newest first', closes_at: 'Closing first', title: 'By title' },
  name: 'Campaign',
  due: 'Closes',
  offersDue: 'Offers due',
  firms: 'In',
  quantity: 'Gathered',
  price: 'Price now',
  none: 'No campaigns yet',
  noneText: 'Make one from a pool of needs with one button, or pick an item and start anew.',
  toPools: 'See the pools',
  firmsCount: (count: number) => s(count, 'firm'),
  asMembers: 'See it as members do',
  edit: 'Edit',

  newTitle: 'New campaign',
  editTitle: 'Edit the campaign',
  closesAt: 'Campaign closes',
  fillsUntil: 'Filling ends',
  paymentDays: 'Time to pay',
  thresholdShort: 'Comes about with',
  created: 'The draft was made',
  saved: 'Saved',

  tabs: {
    overview: 'Outlook',
    offers: 'Offers',
    questions: 'Questions',
    commitments: 'Commitments',
    closing: 'Closing preview',
    result: 'Result',
    money: 'Money in',
    delivery: 'Order and delivery',
    collecting: 'Collecting',
    guests: 'Guests',
    terms: 'Terms',
    history: 'History',
  },
  files: 'Files',
  filesHint: 'Drawings or a specification, for all suppliers and members who see this campaign.',
  parts: 'Parts of the campaign',
  outside: (host: string) =>
    `${host} runs this campaign. You see your own members’ lines and totals; a total that would give one firm away is not shown.`,
  progress: 'Progress',
  step: (at: number, of: number) => `step ${at} of ${of}`,

  next: 'To do next',
  nextReadOnly: 'At present',
  steps: {
    draft: 'Start sourcing, and suppliers see it; members can see it too.',
    draftNoDue: 'Before starting, say when offers are due and when the campaign closes.',
    sourcingWait: 'Waiting for offers. They come sooner when you invite suppliers.',
    sourcingSealed: 'Taking sealed offers. They can be opened once they are due.',
    sourcingChoose: (count: number) =>
      `${s(count, 'offer')} so far. Compare, choose one and write down why.`,
    sourcingSecond: 'This is the second part of a split award. It opens together with the first.',
    sourcingOpen: (supplier: string) =>
      `You chose the offer of ${supplier}. Open the campaign and members can join.`,
    open: 'Members are joining. It closes by itself at the deadline.',
    openDue: 'The deadline has come. It is about to close by itself.',
    filling:
      'The deadline has passed and it is being filled: only what completes a pack or reaches the next tier is taken. It closes by itself at the end, or once all is filled.',
    closing: 'Closed. The result is being computed.',
    settling: (paid: number, all: number) =>
      `${n(paid)} of ${s(all, 'transfer')} confirmed. When all are, the supplier gets the order.`,
    settlingWait: 'Orders are being made and firms asked for their transfers.',
    ordered: (supplier: string) => `Ordered from ${supplier}. Waiting for its confirmation.`,
    orderedConfirmed: (supplier: string) =>
      `${supplier} has confirmed the order. Waiting for the goods to be sent.`,
    delivering: (received: number, all: number) =>
      `${n(received)} of ${s(all, 'firm')} have everything. It is complete when all have.`,
    completed: 'Every firm has its goods. This campaign is over.',
    failed: 'It did not come about. Nobody pays, and money received is returned.',
    cancelled: 'Cancelled. All commitments are void.',
  },
  startSourcing: 'Start sourcing',
  open: 'Open for members',
  setDates: 'Set the deadlines',
  invite: 'Invite suppliers',
  toOffers: 'Compare the offers',
  toClosing: 'Preview the closing',
  toMoney: 'Confirm transfers',
  toDelivery: 'See order and delivery',
  extend: 'Extend',
  cancel: 'Cancel it',
  fail: 'Let it fail',

  closedAt: 'Closed',
};

export default en;
