/** Short messages about what has just been done, with a way back where there is one. */
export interface Toast {
  id: number;
  text: string;
  kind: 'done' | 'failed';
  undo: (() => unknown) | null;
}

class Toasts {
  all: Toast[] = $state([]);
  #last = 0;

  /** Shows a message for 6 seconds, for 12 when it can be undone. */
  show(text: string, more: { kind?: Toast['kind']; undo?: () => unknown } = {}): void {
    const id = ++this.#last;
    this.all.push({ id, text, kind: more.kind ?? 'done', undo: more.undo ?? null });
    setTimeout(() => this.drop(id), more.undo ? 12_000 : 6_000);
  }

  drop(id: number): void {
    this.all = this.all.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
