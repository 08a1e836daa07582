import type { Schemas, Shape } from '../../../lib/types';

type Told = Shape<Schemas['Outlook']>;
export type PaymentsOutlook = Omit<Told, 'holds'> & {
  holds: (Omit<Told['holds'][number], 'kind' | 'state'> & {
    kind: 'word' | 'pay';
    state: 'asked' | 'held' | 'refused' | 'withdrawn' | 'lapsed';
  })[];
};
