import type ko from './sheet-ko';

const counted = new Intl.NumberFormat('en-GB');
const n = (value: number) => counted.format(value);

const en: typeof ko = {
  title: 'Price list files',
  upload: 'Price list',
  uploadHint:
    'Excel (.xlsx) or CSV, up to 20,000 lines. Tiers side by side (quantity 1, price 1, quantity 2, price 2) or a line for each. Afterwards you see all that would change; nothing changes before you apply it.',
  uploading: 'The file is being uploaded',
  template: 'Empty template',
  present: 'The present list',
  presentHint: 'It can be edited and uploaded again as it is.',
  list: 'Files',
  file: 'File',
  state: 'State',
  lines: 'Lines',
  changing: 'Changing',
  rejected: 'Left out',
  when: 'Uploaded',
  who: 'By',
  none: 'No files yet',
  noneText: 'The same file again changes only what differs.',
  states: { uploaded: 'To be checked', queued: 'Being applied', done: 'Applied', failed: 'Failed' },
  mappingText:
    'Say which column is what; the result below follows. Once applied, it is remembered for files with the same column names.',
  more: 'More columns of tiers',
  defaults: 'What the file does not say',
  defaultsText: 'For new offers only, where their lines say nothing.',
  leadTime: 'Lead time',
  days: 'days',
  until: 'Valid until',
  vatIncluded: 'Prices and delivery costs include VAT',
  result: 'What would change',
  resultDone: 'What changed',
  running: 'It is being applied',
  runningText: 'It goes on when you leave. Everything changes, or nothing does.',
  failed: 'It could not be applied, and nothing changed. Please upload the file again.',
  count: {
    new: 'New',
    up: 'Rise in price',
    down: 'Fall in price',
    mixed: 'Rise and fall',
    changed: 'Other terms',
    same: 'As they are',
    rejected: 'Lines left out',
    missing: 'Not in the file',
  },
  endsMissing: (count) =>
    count === 1
      ? 'End the one standing offer that is not in the file'
      : `End the ${n(count)} standing offers that are not in the file`,
  endsMissingHint: 'Otherwise they stay as they are.',
  missingShow: 'Show what is not in the file',
  apply: 'Apply it',
  applyTitle: 'Apply this price list?',
  applyText: (fresh, changed) =>
    `${n(fresh)} new standing offers are made, and the prices or terms of ${n(changed)} change.`,
  applyEnds: (count) => `${n(count)} that are not in the file end. That cannot be undone.`,
  applyRejected: (count) => `${n(count)} ${count === 1 ? 'line is' : 'lines are'} left out.`,
  applied: 'It is being applied',
  discardText: 'Nothing has changed yet. The file can be uploaded again.',
  toPrices: 'To the standing offers',
  shown: 'Show',
  show: {
    all: 'All lines',
    rejected: 'Lines left out',
    changing: 'Lines that change something',
    new: 'New ones',
    up: 'Rising ones',
    down: 'Falling ones',
    mixed: 'Both ways',
  },
  line: 'Line',
  choose: 'Choose the item',
  outcome: 'Outcome',
  item: 'Item',
  code: 'Own code',
  before: 'Price now',
  after: 'New price',
  moved: 'Change',
  nothing: 'There are no such lines',
};

export default en;
