import type { Standing } from './types';

/**
 * `stream.follow` for a page that has something to show before: what listens is loaded beside it.
 * Returns how to stop.
 */
export function follow(
  campaigns: readonly string[],
  told: (standing: Standing) => void,
): () => void {
  let stopped = false;
  let stop: (() => void) | undefined;
  void import('./stream').then((stream) => {
    if (!stopped) stop = stream.follow(campaigns, told);
  });
  return () => {
    stopped = true;
    stop?.();
  };
}
