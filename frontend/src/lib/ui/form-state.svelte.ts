import { createContext } from 'svelte';

/** What a field tells its form: where it is, how it is called, and what is wrong with it now. */
export interface FieldEntry {
  id: string;
  label: () => string;
  /** Own check of the present value; null when it is fine. */
  check: () => string | null;
}

/** The form around a field: errors by name (the server's), and whether all own checks show. */
export class FormState {
  errors: Record<string, string[]> = $state({});
  general: string | null = $state(null);
  requestId: string | null = $state(null);
  /** After the first attempt to send, all fields show what is wrong with them. */
  tried = $state(false);
  busy = $state(false);
  fields = new Map<string, FieldEntry>();

  /** The server's word on a field holds until the field changes. */
  touched(name: string): void {
    if (this.errors[name]) delete this.errors[name];
  }
}

const [formContext, setFormContext] = createContext<FormState>();

export { setFormContext };

/** The form around this field; null when it stands alone. */
export function currentForm(): FormState | null {
  try {
    return formContext();
  } catch {
    return null;
  }
}
