import type ko from './units-ko';

const en: typeof ko = {
  title: 'Other units',
  text: (unit: string) =>
    `This item is counted in: ${unit}. Write down what other units are of it, so that members may say them. Purchases that are brought in are read by it as well.`,
  ratio: (said: string, base: string) => `${said} = ${base}`,
  none: 'No other units written down',
  following: (all: string) => `Known by themselves: ${all}`,
  unit: 'Unit',
  add: 'Add',
  said: 'In this unit',
  base: 'In the item’s unit',
  remove: (unit: string) => `Remove ${unit}`,
  saved: 'Units changed',
  stays: 'Needs that are stated and purchases that were brought in keep their quantities.',
};

export default en;
