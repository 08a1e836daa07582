import { render, screen } from '@testing-library/svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import { speaking } from '../../lib/i18n.svelte';
import type { Amounts, Campaign, Quote } from '../../lib/types';
import QuoteView from './QuoteView.svelte';

beforeEach(() => speaking.use('ko'));

const amounts = (unit_price: string, total: number): Amounts =>
  ({
    unit_price,
    supply_value: total,
    delivery_share: 0,
    vat: 0,
    host_fee: 0,
    partner_fee: 0,
    fee_vat: 0,
    total,
  }) as Amounts;

/** What is shown of a quote at 1,250 now and 1,170 next, for a firm with this limit. */
async function shown(price_limit: string | null): Promise<string> {
  const quote = {
    now: amounts('1250', 375_000),
    next: { ...amounts('1170', 351_000), missing: 20 },
    at_most: price_limit === '1000' ? null : amounts('1250', 375_000),
    kept_out: price_limit !== null,
    may_be_cut: false,
    may_be_dropped: false,
    saving: null,
    approval: null,
    variants: [],
    sentence: '말',
  } as unknown as Quote;
  const headers = { 'content-type': 'application/json' };
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(quote), { headers }));
  const campaign = {
    id: 'c',
    currency: 'KRW',
    item: { unit_label: 'L' },
    ladder: null,
    fees: null,
  };
  const { container } = render(QuoteView, {
    campaign: campaign as unknown as Campaign,
    wish: { quantity: 300, price_limit } as never,
  });
  await screen.findByText('말');
  return container.textContent?.replace(/\s+/g, ' ') ?? '';
}

it('shows what is owed at prices within the limit, and no sum at prices above it', async () => {
  expect(await shown(null)).toContain('375,000원');
  document.body.innerHTML = '';
  const below = await shown('1200');
  expect(below).toContain('351,000원');
  expect(below).toContain('희망 최고 단가보다 높아 사지 않습니다');
  expect(below).not.toContain('합계375,000원');
  document.body.innerHTML = '';
  const never = await shown('1000');
  expect(never).toContain('1,250원');
  expect(never).not.toMatch(/375,000|351,000/);
});
