import type { Schemas, Shape } from '../../lib/types';

/** A size, colour or grade of an item; `archived`: in no new campaign any more. */
export type ItemVariant = Shape<Schemas['Variant']>;
