import type ko from './ko';

const counted = new Intl.NumberFormat('en-GB');
const n = (value: number) => counted.format(value);
const s = (value: number, one: string) => `${n(value)} ${value === 1 ? one : `${one}s`}`;

const en: typeof ko = {
  title: 'Import a purchase history',
  back: 'Past purchases',
  upload: 'Purchase history',
  uploadHint:
    'Excel (.xlsx) or CSV. Columns may be called anything: you check them after the upload, and nothing changes before you start.',
  uploading: 'Uploading the file',
  list: 'Files so far',
  file: 'File',
  state: 'State',
  when: 'Uploaded',
  who: 'By',
  taken: 'New purchases',
  rejected: 'Left out',
  none: 'No files yet',
  noneText:
    'Upload one, and firms, items and purchases come out of it at once. The same file twice changes nothing.',
  lines: (count: number) => s(count, 'line'),
  about: (count: number) => `about ${s(count, 'line')}`,

  mappingText: 'Say which column is what. The preview below follows every choice.',
  oneOf: (names: string) => `One of these is needed: ${names}`,
  unused: (names: string) => `Columns not used: ${names}`,
  rules: 'How values are read',
  rule: {
    five_digit_codes: 'Only item codes that begin with five digits are goods',
    c_is_cancelled: 'Documents that begin with C are cancellations',
  },
  ruleHint: {
    five_digit_codes: 'Leaves out postage, fees and the like.',
    c_is_cancelled: 'Leaves out what was cancelled.',
  },
  dateOrder: '3/4/2024 is',
  dateOrders: {
    ymd: 'only year/month/day',
    mdy: 'month/day/year (4 March)',
    dmy: 'day/month/year (3 April)',
  },
  preview: 'Preview',
  previewText: (lines: number) => `The first ${s(lines, 'line')} were read.`,
  previewWhole: (lines: number) => `All ${s(lines, 'line')} of the file were read.`,
  shown: (count: number) => `Below are the first ${n(count)} of them.`,
  kept: 'Lines to import',
  left: 'Lines to leave out',
  reasons: 'Why lines are left out',
  line: 'Line',
  problem: 'Why it is left out',
  start: 'Start the import',
  startTitle: 'Start the import?',
  startText: (kept: number, left: number) =>
    `${s(kept, 'line')} will be imported, ${s(left, 'line')} left out.`,
  startAbout: (kept: number, of: number, all: number) =>
    `Of the first ${s(of, 'line')}, ${n(kept)} will be imported. The file has about ${n(all)}.`,
  startFinal:
    'After that the columns are fixed, and imported purchases cannot be deleted. Lines that are there already are not made again.',
  started: 'The import has started',
  discardText: 'Nothing has been imported yet. You can upload the file again.',

  running: 'Importing',
  queued: 'Waiting for its turn',
  runningText: 'It goes on when you leave this page. The result will be here.',
  done: (done: number, all: number) => `${n(done)} of ${s(all, 'line')}`,
  failed: 'The import failed',
  again: 'Upload again',
  result: 'Result',
  figures: {
    purchases_new: 'New purchases',
    already_there: 'Already there',
    rejected: 'Left out',
    firms_new: 'New firms',
    items_new: 'New items',
  },
  toPurchases: 'See the purchases',
  toMembers: 'See the firms',
  finished: 'Finished',
  rejections: 'Lines left out',
  allReasons: 'All reasons',
  reason: 'Why',
  noRejections: 'No line was left out',
  csv: 'Save as CSV',
};

export default en;
