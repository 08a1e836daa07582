import { getContext, setContext } from 'svelte';

/** Asked before a dialog closes by itself; true: whoever answers closes it by `leave`, or does not. */
export type Hold = (leave: () => void) => boolean;

const KEY = Symbol('dialog');

/** For a dialog, while it is being set up: who inside holds it open. */
export function holdsOfDialog(): Set<Hold> {
  return setContext(KEY, new Set<Hold>());
}

/** For what stands in a dialog, while it is being set up: holds it open until the answer is called. */
export function holdDialog(ask: Hold): () => void {
  const holds = getContext<Set<Hold> | undefined>(KEY);
  holds?.add(ask);
  return () => holds?.delete(ask);
}
