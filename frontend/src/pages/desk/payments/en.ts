import type ko from './ko';

const counted = new Intl.NumberFormat('en-GB');
const n = (value: number) => counted.format(value);

const en: typeof ko = {
  title: 'Money in',
  books: 'Books',
  import: 'Import statement',
  arrived: (amount: string, missing: string) => `${amount} arrived, ${missing} missing`,
  search: 'Find by reference, firm, depositor or order number',
  show: 'Show',
  shows: {
    awaiting: 'Awaiting transfer',
    overdue: 'Overdue',
    paid: 'Confirmed',
    refund_due: 'To refund',
    refunded: 'Refunded',
    cancelled: 'Cancelled',
    all: 'All',
  },
  orderings: {
    due: 'Due first',
    firm: 'By firm',
    '-amount': 'Largest first',
    '-created': 'Newest first',
  },
  firm: 'Firm',
  campaign: 'Campaign',
  reference: 'Reference',
  amount: 'Amount',
  feeIn: (amount: string) => `${amount} of fees in it`,
  due: 'Due',
  state: 'State',
  received: 'Received',
  overdue: 'overdue',
  confirm: 'Confirm',
  confirmTitle: (firm: string) => `Confirm the transfer of ${firm}?`,
  confirmText:
    'Exactly this amount must have arrived. You can undo it until the supplier gets the order.',
  exact: 'Amount that arrived',
  exactHint: (amount: string) => `Expected: ${amount}`,
  notExact: (amount: string) => `Not the expected ${amount}`,
  depositor: 'Name of the depositor',
  depositorHint: 'As it stands on your account statement.',
  receivedDate: 'Day it arrived',
  notFuture: 'Cannot be after today',
  confirmed: (firm: string, amount: string) => `Transfer of ${firm} confirmed: ${amount}`,
  undo: 'Undo',
  undoTitle: 'Undo the confirmation?',
  undoText: (firm: string, amount: string) => `${amount} from ${firm} will be awaited again.`,
  undoWhy: 'Why it is undone',
  undone: 'The confirmation was undone',
  refund: 'Mark as refunded',
  refundTitle: 'Was the refund sent?',
  refundText: (firm: string, amount: string) =>
    `Mark it after sending ${amount} to ${firm}. This cannot be undone.`,
  refundWhy: 'How it was sent',
  refundHint: 'What helps to find it later, such as day and account.',
  refunded: 'Marked as refunded',
  none: 'No transfers awaited',
  noneText: 'When a campaign comes about, a transfer is awaited from each firm in it.',
  totals: {
    awaiting_transfer: 'Awaited',
    overdue: 'Overdue',
    paid: 'Confirmed',
    refund_due: 'To refund',
    refunded: 'Refunded',
  },
  payments: (count: number) => n(count),
};

export default en;
