import type ko from './ko';

const en: typeof ko = {
  title: 'Our items',
  back: 'Purchase history',
  intro:
    'Items that came with a purchase history may have no category. Reasons of left-out firms, nearby campaigns and the directory go by it.',
  lookAlikes: 'Look-alikes',
  search: 'Find by name or code',
  category: 'Category',
  filed: 'Filed',
  without: 'no category',
  with: 'with a category',
  pick: 'Choose',
  pickOne: (name: string) => `Choose ${name}`,
  name: 'Item',
  english: 'English name',
  code: 'Code',
  codeHint: 'As in your purchase history, so that the next file finds the same item.',
  unit: 'Unit',
  unitStays: (unit: string) =>
    `The unit (${unit}) stays: quantities of needs and orders are counted in it.`,
  chooseAll: 'Choose all on this page',
  chosen: (count: number) => `${count} chosen`,
  target: 'Category to set',
  file: 'Set category',
  fileTitle: (count: number, to: string) =>
    count === 1 ? `Set one item to “${to}”?` : `Set ${count} items to “${to}”?`,
  fileText: 'It can be undone right afterwards.',
  from: (name: string, count: number, to: string) => `${count} of “${name}” → ${to}`,
  filedToast: (count: number) =>
    count === 1 ? 'Category of one item set' : `Category of ${count} items set`,
  nothingChanged: 'They are filed there already',
  change: 'Change',
  changeOf: (name: string) => `Change ${name}`,
  aliases: 'Other names',
  aliasesText: 'Searches and imported purchases find this item by them.',
  aliasKinds: { name: 'name', code: 'code' },
  aliasKind: 'Kind',
  aliasNew: 'Another name or code',
  aliasAdd: 'Add',
  aliasRemove: (name: string) => `Remove ${name}`,
  aliasNone: 'none',
  byMerge: 'left by a merge',
  changed: 'Changed',
  none: 'No items of your own',
  noneText: 'When a purchase history is brought in, its items appear here.',
  toImports: 'Bring in purchases',
};

export default en;
