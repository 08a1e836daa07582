/**
 * Keeps something fresh: asks again every so often while the page is looked at, at once when it comes
 * back into view, and more and more rarely while the server does not answer: `ask` throws, or what it
 * gives is or contains false, as of `Resource.reload`.
 * Returns how to stop; made for `$effect(() => live(load, 10))`.
 */
export function live(ask: () => Promise<unknown>, seconds: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let failures = 0;

  const plan = () => {
    clearTimeout(timer);
    if (stopped || document.hidden) return;
    timer = setTimeout(run, Math.min(seconds * 2 ** failures, 300) * 1000);
  };
  const run = async () => {
    try {
      const read = ![await ask()].flat().includes(false);
      failures = read ? 0 : failures + 1;
    } catch {
      failures += 1;
    }
    plan();
  };
  const onVisibility = () => {
    clearTimeout(timer);
    if (!document.hidden) void run();
  };

  document.addEventListener('visibilitychange', onVisibility);
  plan();
  return () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisibility);
  };
}
