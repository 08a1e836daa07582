import { api } from '../api';
import { words } from '../i18n.svelte';
import { live } from '../live';
import { Problem } from '../problem';
import { problemText } from '../problem-text';
import { type Resource, resource } from '../resource.svelte';
import { router } from '../router.svelte';
import { toasts } from '../toasts.svelte';
import en from './en';
import ko from './ko';

/**
 * A file on its way in, and what may be done with it before it is taken. It is looked at anew while the
 * server works on it. Make one while a component is being set up.
 */
export class Arriving<Row extends { state: string }> {
  /** Which question is open. */
  asking: 'start' | 'discard' | null = $state(null);
  #loaded: Resource<Row>;
  #waiting = $state(0);
  #moving = $derived.by(() => ['queued', 'running'].includes(this.row?.state ?? ''));
  #path: () => string;
  #w = words(ko, en);

  /** `path`: its address in the API. */
  constructor(path: () => string) {
    this.#path = path;
    this.#loaded = resource<Row>(() => [path()]);
    $effect(() => (this.#moving ? live(this.reload, 1.5) : undefined));
  }

  get row(): Row | undefined {
    return this.#loaded.data;
  }
  get problem(): Problem | null {
    return this.#loaded.problem;
  }
  /** The server works on it. */
  get moving(): boolean {
    return this.#moving;
  }
  /** A choice is on its way, so what is shown is about to change. */
  get busy(): boolean {
    return this.#waiting > 0;
  }

  reload = (): Promise<boolean> => this.#loaded.reload();

  /** Sends a choice; the server answers with what follows from it. */
  change = async (body: object): Promise<void> => {
    this.#waiting++;
    try {
      this.#loaded.set(await api.patch<Row>(this.#path(), body));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      toasts.show(problemText(error), { kind: 'failed' });
    } finally {
      this.#waiting--;
    }
  };

  /** Has it taken; `said` tells that it began. Throws the Problem. */
  start = async (said: string): Promise<void> => {
    this.#loaded.set(await api.post<Row>(`${this.#path()}/start`));
    toasts.show(said);
  };

  /** Throws it away and goes to `list`. Throws the Problem. */
  discard = async (list: string): Promise<void> => {
    await api.delete(this.#path());
    toasts.show(this.#w.discarded);
    router.go(list, { replace: true });
  };
}
