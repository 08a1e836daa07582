import type ko from './variants-ko';

const en: typeof ko = {
  title: 'Variants (sizes, colours, grades)',
  text: 'With variants written down, members say how many of each, and all of them count together for the tiers. Suppliers offer a fixed difference for each.',
  none: 'No variants written down',
  name: 'Name of the variant',
  english: 'English name',
  code: 'Code',
  add: 'Add variant',
  edit: (name: string) => `Change ${name}`,
  up: (name: string) => `Move ${name} up`,
  archive: (name: string) => `Archive ${name}`,
  archived: 'Archived',
  restore: (name: string) => `Bring ${name} back`,
  back: 'Bring back',
  saved: 'Variants changed',
  stays: 'Campaigns that have begun keep their variants as they were called.',
};

export default en;
