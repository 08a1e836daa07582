import type ko from './ko';

const firms = (count: number) => `${count} ${count === 1 ? 'firm' : 'firms'}`;

const en: typeof ko = {
  title: 'Divisions',
  name: 'Name',
  english: 'English name',
  englishHint: 'Without one the Korean name is shown.',
  members: 'Member firms',
  firms,
  make: 'Make a division',
  made: (name: string) => `The division “${name}” was made`,
  rename: 'Rename',
  renamed: 'The name was changed',
  remove: 'Merge or remove',
  removeTitle: (name: string) => `Remove the division “${name}”?`,
  removeText: (count: number) =>
    count
      ? `It has ${firms(count)}. They go where you choose below, then the division is removed. This cannot be undone.`
      : 'It has no member firms. This cannot be undone.',
  into: 'Its member firms go to',
  nowhere: 'no division',
  doRemove: 'Remove',
  merge: 'Merge',
  removed: (count: number) => `The division was removed; ${firms(count)} moved`,
  none: 'No divisions yet',
  noneText: 'Divide member firms by trade or region, and the list can be seen in parts.',
};

export default en;
