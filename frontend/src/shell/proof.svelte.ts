import { Problem } from '../lib/problem';

/** Asking a person that is signed in to prove who it is, before what would hurt most in wrong hands. */
class Proof {
  asking = $state(false);
  #answer: ((proved: boolean) => void) | null = null;

  ask(): Promise<boolean> {
    this.asking = true;
    return new Promise((resolve) => (this.#answer = resolve));
  }

  answer(proved: boolean): void {
    this.asking = false;
    this.#answer?.(proved);
    this.#answer = null;
  }
}

export const proof = new Proof();
const ASKED = new Set(['reauthenticate', 'reauthentication_required']);

/**
 * Does the deed; when the server wants to know first who it is, asks (the page has a `<Prove>`) and
 * does it again. Resolves to null when the person would rather not.
 */
export async function proved<T>(deed: () => Promise<T>): Promise<T | null> {
  try {
    return await deed();
  } catch (error) {
    if (!(error instanceof Problem && ASKED.has(error.code))) throw error;
    return (await proof.ask()) ? deed() : null;
  }
}
