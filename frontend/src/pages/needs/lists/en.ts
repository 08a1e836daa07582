import type ko from './ko';

const counted = new Intl.NumberFormat('en');
const n = (value: number) => counted.format(value);

const en: typeof ko = {
  title: 'Needs from a spreadsheet',
  needs: 'Needs',
  upload: 'The file',
  uploadHint:
    'Excel (.xlsx) or CSV, up to 5,000 lines. An item’s name or code, the quantity and the day are needed; unit, highest price and note are read where there are columns for them. You then see how every line was read; nothing is stated before you start.',
  uploading: 'The file is on its way',
  template: 'Download a template',
  cooperative: 'To which cooperative',
  list: 'Files so far',
  file: 'File',
  state: 'Status',
  lines: 'Lines',
  taken: 'Needs stated',
  rejected: 'Left out',
  when: 'Uploaded',
  who: 'By',
  none: 'No files yet',
  noneText: 'Download the template, fill it in and upload it. The same file twice adds nothing.',
  counts: 'Outcome',
  count: { new: 'are stated', already: 'are stated already', rejected: 'are left out' },
  start: 'State the needs',
  startTitle: (count: number) => (count === 1 ? 'State one need?' : `State ${n(count)} needs?`),
  startText:
    'Lines that are left out are not stated. Needs can be changed or withdrawn one by one.',
  discardText: 'Nothing has been stated yet. The file can be uploaded again.',
  started: 'The needs are being stated',
  running: 'Needs are being stated',
  runningText: 'It goes on when you leave this page.',
  show: { all: 'All lines', rejected: 'Lines left out', new: 'Lines that are stated' },
  shown: 'Show',
  line: 'Line',
  outcome: 'Outcome',
  item: 'Item',
  quantity: 'Quantity',
  neededBy: 'Needed by',
  limit: 'Highest price',
  note: 'Note',
  instead: (near: string) => `The nearest that do: ${near}`,
  asWritten: (text: string) => `As written: ${text}`,
  meant: 'Is it one of these?',
  choose: 'Choose an item',
  chooseFor: (text: string) => `Which item is “${text}”?`,
  chooseText: 'Every line that calls it so is read as this item.',
  find: 'Find an item by name',
  chosen: 'Read as that item',
  toNeeds: 'See my needs',
  nothing: 'No such lines',
};

export default en;
