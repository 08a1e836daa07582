import { render, screen } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import { speaking } from '../../lib/i18n.svelte';
import Was from '../less/Was.svelte';
import Open from './Open.svelte';
import TermsForm from './TermsForm.svelte';
import Turn from './Turn.svelte';

beforeEach(() => {
  document.body.innerHTML = '';
  speaking.use('en');
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});

const part = (variant: string, quantity: number) => ({ variant, name: variant, quantity });

function type(label: RegExp, text: string) {
  const box = screen.getByLabelText<HTMLInputElement>(label);
  box.value = text;
  box.setSelectionRange(text.length, text.length);
  box.dispatchEvent(new Event('input', { bubbles: true }));
  flushSync();
}
const press = (name: string) =>
  screen.getAllByRole('button', { name, hidden: true }).at(-1)!.click();

/** What is sent with every request that writes; what is asked for is answered by path. */
function server(answers: Record<string, unknown>): { url: string; body: unknown }[] {
  const sent: { url: string; body: unknown }[] = [];
  const headers = { 'content-type': 'application/json' };
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    if (init.method === 'POST') sent.push({ url, body: JSON.parse(String(init.body)) });
    const key = Object.keys(answers).find((path) => url.endsWith(path));
    return new Response(JSON.stringify(key ? answers[key] : {}), { headers });
  });
  return sent;
}

let orders = 0;
/** Another one each time: what was read of one is shown again until it is read anew. */
const order = () => ({
  id: `o${(orders += 1)}`,
  item: { unit_label: 'EA' },
  host: { zone: 'Asia/Seoul' },
  shipments: [{ id: 's', carrier: 'Post', tracking_number: '1', quantity: 10 }],
});

/** The form of a claim about an order of which so many of each variant are left. */
async function opened(...parts: ReturnType<typeof part>[]) {
  const most = parts.reduce((sum, each) => sum + each.quantity, 0);
  const sent = server({
    '/claimable': {
      claim_days: 14,
      answer_days: 5,
      parts,
      of: [{ shipment: 's', kinds: { damaged: most }, until: null, shut: '' }],
    },
    '/claims': { id: 'c' },
  });
  render(Open, { order: order() as never, onclose: vi.fn() });
  await screen.findByLabelText(/^What happened/);
  return sent;
}
const claims = (sent: { url: string; body: unknown }[]) =>
  sent.filter((each) => each.url.endsWith('/claims')).map((each) => each.body);

it('claims about one of several variants with the others left blank', async () => {
  const sent = await opened(part('S', 5), part('M', 5), part('L', 5));
  type(/^M: quantity/, '3');
  type(/^What happened/, 'torn');
  press('Make a claim');
  await vi.waitFor(() => expect(claims(sent)).toHaveLength(1));
  expect(claims(sent)[0]).toMatchObject({ quantity: 3, parts: { S: 0, M: 3, L: 0 } });
});

it('says so where nothing was named, and sends nothing', async () => {
  const sent = await opened(part('S', 5), part('M', 5));
  type(/^What happened/, 'torn');
  press('Make a claim');
  await screen.findByText('Please name up to 10 EA in all.');
  expect(claims(sent)).toEqual([]);
});

it('names the only variant that is left', async () => {
  const sent = await opened(part('S', 5), part('M', 0));
  type(/^S: quantity/, '2');
  type(/^What happened/, 'torn');
  press('Make a claim');
  await vi.waitFor(() => expect(claims(sent)).toHaveLength(1));
  expect(claims(sent)[0]).toMatchObject({ quantity: 2, parts: null });
});

const replaced = {
  unit_label: 'EA',
  settled_quantity: 5,
  settled_parts: [part('S', 3), part('M', 2)],
  to_replace: 2,
};

it('asks which variants of a replacement have not come', async () => {
  const onsend = vi.fn().mockResolvedValue(null);
  render(Turn, { claim: replaced as never, onsend, onclose: vi.fn() });
  type(/^Why/, 'sold out');
  press('Refund instead');
  await screen.findByText('The quantities by variant have to make 2 EA.');
  expect(onsend).not.toHaveBeenCalled();
  type(/^M: quantity/, '2');
  // It was about both, so it is gone with either.
  expect(screen.queryByText('The quantities by variant have to make 2 EA.')).toBeNull();
  press('Refund instead');
  await vi.waitFor(() =>
    expect(onsend).toHaveBeenCalledWith({ why: 'sold out', parts: { S: 0, M: 2 } }),
  );
});

it('asks nothing more where none of it has come', async () => {
  const onsend = vi.fn().mockResolvedValue(null);
  render(Turn, { claim: { ...replaced, to_replace: 5 } as never, onsend, onclose: vi.fn() });
  type(/^Why/, 'sold out');
  press('Refund instead');
  await vi.waitFor(() => expect(onsend).toHaveBeenCalledWith({ why: 'sold out', parts: null }));
});

it('does not give the worth of all units as the most for fewer', () => {
  const claim = {
    wish: 'refund',
    kind: 'damaged',
    quantity: 5,
    parts: [],
    worth: 5000,
    currency: 'KRW',
    unit_label: 'EA',
  };
  const { container } = render(TermsForm, {
    claim: claim as never,
    action: 'Send',
    label: 'Reason',
    name: 'words',
    onsend: vi.fn(),
  });
  expect(container.textContent).toContain('₩5,000 at most');
  type(/^Quantity/, '2');
  expect(container.textContent).not.toContain('at most');
  expect(container.textContent).toContain('less than the ₩5,000');
});

it('says why there is less to who gets nothing back, too', () => {
  const less = {
    state: 'paid',
    quantity: 4,
    currency: 'KRW',
    item: { unit_label: 'EA' },
    ordered: { quantity: 5, total: 500, why: 'bad harvest' },
    payment: { refunds: [] },
  };
  const { container } = render(Was, { order: less as never });
  expect(container.textContent).toContain('bad harvest');
});
