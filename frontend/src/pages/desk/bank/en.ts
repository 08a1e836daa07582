import type ko from './ko';

const counted = new Intl.NumberFormat('en-GB');
const n = (value: number) => counted.format(value);
const transfers = (count: number) => (count === 1 ? '1 transfer' : `${n(count)} transfers`);

const en: typeof ko = {
  monthly: (month: string) => `Statement for ${month}`,
  title: 'Bank lines',
  import: 'Import statement',
  returns: 'To send back',

  upload: 'The statement from your bank',
  uploadHint:
    'Excel (.xlsx) or CSV, up to 3,000 lines, just as the bank’s site gives it. You then see what becomes of every line; nothing changes before you import it.',
  uploading: 'The file is on its way',
  list: 'Files so far',
  file: 'File',
  state: 'Status',
  lines: 'Lines',
  taken: 'New money in',
  amount: 'Amount',
  rejected: 'Left out',
  when: 'Uploaded',
  who: 'By',
  noFiles: 'No files yet',
  noFilesText:
    'Upload your bank’s statement, and what came in is matched with what is owed. The same file twice counts once.',
  done: 'imported',
  uploaded: 'to check',

  mappingText:
    'Say which column is what. The choice is remembered for this bank’s form. The result below follows every choice.',
  heading: 'Outcome',
  counts: {
    new: 'new money in',
    old: 'old money in',
    outgoing: 'money out, not matched',
    already: 'there already',
    rejected: 'left out',
  },
  comesTo: (amount: string) => `To be imported: ${amount}`,
  cameTo: (amount: string) => `Imported: ${amount}`,
  start: 'Import',
  startTitle: 'Import this statement?',
  startText: (count: number, amount: string) =>
    `${transfers(count)}, ${amount}, will stand in suspense in your books.`,
  startThen: 'What it is for is matched on the next page. Imported lines cannot be deleted.',
  startOld: (count: number) =>
    `${n(count)} of them came more than six months ago. These are not matched automatically.`,
  started: 'The statement is imported',
  discardText: 'Nothing has changed yet. The file can be uploaded again.',
  toLines: 'Match with payments',
  running: 'Being imported',
  show: { all: 'All lines', left: 'Lines not imported', coming: 'Lines that come in' },
  shown: 'Show',
  line: 'Line',
  outcome: 'Outcome',
  cells: 'As the file has it',
  nothing: 'No such lines',

  search: 'Find by depositor, text, firm, reference or amount',
  since: 'From',
  until: 'Until',
  states: {
    suspense: 'In suspense',
    matched: 'Matched',
    set_aside: 'Set aside',
    to_return: 'To return',
    returned: 'Returned',
  },
  everything: 'All',
  orderings: {
    '-day': 'Latest first',
    day: 'Earliest first',
    '-amount': 'Largest first',
    amount: 'Smallest first',
  },
  suspense: 'In suspense',
  suspenseText: (count: number) =>
    count === 1
      ? 'Nobody has said yet what 1 line is for'
      : `Nobody has said yet what ${n(count)} lines are for`,
  noSuspense: 'Nothing is in suspense. All money that came in is for something.',
  came: 'Came in',
  depositor: 'Depositor',
  meant: 'What it is for',
  old: 'old',
  openOf: (open: string, amount: string) => `${open} of ${amount} in suspense`,
  forPayment: (amount: string) => `${amount} allotted`,
  tied: 'confirmed by hand',
  missing: (amount: string) => `${amount} missing`,
  paid: 'paid',
  allot: 'Confirm for this',
  allotPart: (amount: string) => `Allot ${amount}`,
  tie: 'Tie to this',
  allotted: (firm: string, amount: string) => `${amount} allotted to ${firm}`,
  unknown: 'No payment found for it',
  choose: 'Choose a payment',
  chooseTitle: 'Which payment is it for?',
  chooseLabel: 'Payment',
  chooseHint: 'Found by firm, reference or order number.',
  chosen: (missing: string, amount: string) => `Of ${missing} missing, ${amount} will be allotted.`,
  rest: (amount: string) => `The rest, ${amount}, stays in suspense.`,
  setAside: 'Not of group purchases',
  setAsideTitle: 'Not of group purchases?',
  setAsideText: (amount: string) =>
    `${amount} leaves suspense as money of something else. This can be taken back.`,
  setAsideWhy: 'What is it (e.g. membership fee, interest)?',
  toReturn: 'Send back',
  toReturnTitle: 'Send it back?',
  toReturnText: (amount: string) =>
    `${amount} goes on the list of what to send back. Tick it off there once you have sent it.`,
  toReturnWhy: 'Why it goes back',
  returned: 'Mark as sent',
  returnedTitle: 'Sent back?',
  returnedText: (amount: string) => `Mark it once ${amount} has been sent.`,
  returnedWhy: 'How was it sent?',
  returnedHint: 'Day and account of the transfer, so that it can be found later.',
  reopen: 'Back to suspense',
  reopenTitle: 'Put it back in suspense?',
  reopenText: (amount: string) => `You then say anew what ${amount} is for.`,
  reopenWhy: 'Why it goes back',
  undo: 'Undo',
  undoTitle: 'Undo this allotment?',
  undoText: (firm: string, amount: string) =>
    `${amount} of ${firm} goes back to suspense, and the payment waits for money again.`,
  undoTied: (firm: string, amount: string) =>
    `This line is no longer tied to ${amount} of ${firm}. The payment stays confirmed.`,
  undoWhy: 'Why it is undone',
  saved: 'Recorded',

  certain: (count: number) =>
    count === 1 ? '1 transfer is certain' : `${n(count)} transfers are certain`,
  certainText: (amount: string) =>
    `Reference and amount are exactly the same; ${amount} in all. Look at the list and confirm them at once.`,
  preview: 'See the list and confirm',
  previewTitle: (count: number) => `Confirm ${transfers(count)}?`,
  previewText: (amount: string) =>
    `${amount} in all. The payments become paid; until the purchase order is issued this can be undone.`,
  confirmAll: (count: number) => `Confirm ${n(count)}`,
  confirming: (done: number, all: number) => `${n(done)} of ${n(all)} confirmed`,
  confirmedAll: (count: number, amount: string) => `${transfers(count)} confirmed, ${amount}`,
  changed: (count: number) => `${n(count)} changed meanwhile and were not confirmed`,
  none: 'No bank lines yet',
  noneText: 'Import a statement from your bank, and the money that came in stands here.',
  noneOpen: 'Nothing is in suspense',
  noneOpenText:
    'All money that came in is for something. Choose another status to see earlier lines.',
  reason: 'Reason',

  returnsText:
    'Refunds of payments and money in suspense that goes back. Download them in the form of a bulk transfer, fill in the accounts, and tick off what you have sent.',
  noReturns: 'Nothing to send back',
  noReturnsText: 'What a cancelled campaign owes, or you decide to send back, stands here.',
  what: 'What',
  refundOf: 'Refund of a payment',
  lineOf: 'From suspense',
};

export default en;
