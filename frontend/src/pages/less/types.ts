import type { Schemas, Shape } from '../../lib/types';

/** What a supplier confirms less, as it is told. */
export type Less = Shape<Schemas['ConfirmedLess']>;
/** What accepting it would come to. */
export type LessOutlook = Shape<Schemas['LessOutlook']>;
