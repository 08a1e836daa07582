import { api, streamUrl } from './api';
import { live } from './live';
import type { Standing } from './types';

/** As mungchi.live: it says something every 15 seconds, if only that it is there. */
const SILENT_SECONDS = 40;
const POLL_SECONDS = 5;
const LONGEST_PAUSE_SECONDS = 60;

/**
 * Follows where campaigns stand: `told` is called for each at first and whenever one changes, within
 * a second, as long as the page is looked at. While the event stream cannot be had, it asks every few
 * seconds instead. Returns how to stop; made for `$effect(() => follow(ids, told))`.
 */
export function follow(
  campaigns: readonly string[],
  told: (standing: Standing) => void,
): (() => void) | undefined {
  if (campaigns.length === 0) return undefined;
  const query = { campaigns: campaigns.join(',') };
  let source: EventSource | null = null;
  let stopPolling: (() => void) | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let stopped = false;

  const ask = async () => {
    const answer = await api.get<{ standings: Standing[] }>('/standings', query);
    if (!stopped && stopPolling) for (const standing of answer.standings) told(standing);
  };
  const hangUp = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };
  const later = () => {
    hangUp();
    if (stopped || document.hidden) return;
    stopPolling ??= live(ask, POLL_SECONDS);
    const pause = Math.min(2 ** failures, LONGEST_PAUSE_SECONDS);
    failures += 1;
    // Spread: when the stream's process starts again, all screens come back at once.
    timer = setTimeout(open, pause * 1000 * (0.5 + Math.random()));
  };
  const heard = () => {
    failures = 0;
    stopPolling?.();
    stopPolling = null;
    clearTimeout(timer);
    timer = setTimeout(later, SILENT_SECONDS * 1000);
  };
  const open = () => {
    hangUp();
    const opened = new EventSource(streamUrl('/live', query));
    source = opened;
    opened.addEventListener('open', heard);
    opened.addEventListener('beat', heard);
    opened.addEventListener('standing', (event) => {
      heard();
      told(JSON.parse(event.data) as Standing);
    });
    // An EventSource that met an HTTP error never comes back by itself.
    const lost = () => (opened === source ? later() : undefined);
    opened.addEventListener('error', lost);
    opened.addEventListener('end', lost);
    timer = setTimeout(later, SILENT_SECONDS * 1000);
  };
  const onVisibility = () => (document.hidden ? hangUp() : open());

  document.addEventListener('visibilitychange', onVisibility);
  if (!document.hidden) open();
  return () => {
    stopped = true;
    hangUp();
    stopPolling?.();
    stopPolling = null;
    document.removeEventListener('visibilitychange', onVisibility);
  };
}
