import type ko from './ko';

const en: typeof ko = {
  page: 'Reconciling',
  title: 'Open items',
  text: 'Here the payment provider and the books say different things. Until an item is settled, the supplier of its campaign is not paid out; other campaigns are not affected.',
  open: 'To settle',
  settled: 'Settled',
  what: 'What',
  campaign: 'Campaign',
  firm: 'Firm',
  ours: 'Books',
  theirs: 'Provider',
  found: 'Found',
  how: 'Settled',
  settle: 'Settle',
  outcome: 'What became of it?',
  why: 'What was done?',
  whyHint:
    'Whoever looks at the books later reads it. Name the refund or the transfer, if there was one.',
  saved: 'Settled',
  none: 'There is nothing to settle',
  noneText:
    'What a charge or a notice of the provider says otherwise than the books is gathered here.',
  refused: 'Refused messages',
  refusedText:
    'These came in the provider’s name, but were not signed by it, or long ago. If they are suddenly many, check the webhook secret. No outcome is lost: the provider’s list is read as well.',
  day: 'Day',
  reason: 'Why',
  count: 'How many',
};

export default en;
