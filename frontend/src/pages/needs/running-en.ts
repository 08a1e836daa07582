import type ko from './running-ko';

const en: typeof ko = {
  open: 'A campaign for this item is open, and you can join it now:',
  soon: 'A campaign for this item is being prepared. You will be told when it opens:',
  mine: 'You are in a campaign for this item already:',
  closes: 'Closes',
};

export default en;
