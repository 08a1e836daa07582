import { describe, expect, it } from 'vitest';
import { nextStep, partsOf, placeOf, wayOf, type Figures, type Seen } from './next';

const now = Date.parse('2026-05-10T00:00:00Z');
const nothing: Figures = { offers: null, payments: null, confirmed: false };
const seen = (about: Partial<Seen>): Seen => ({
  state: 'draft',
  sealed: false,
  offers_due_at: '2026-05-12T00:00:00Z',
  closes_at: '2026-05-20T00:00:00Z',
  award: null,
  ...about,
});

describe('what the office does next', () => {
  it('sets the dates of a draft, then starts sourcing', () => {
    expect(nextStep(seen({ closes_at: null }), nothing, now).act).toBe('dates');
    expect(nextStep(seen({}), nothing, now).act).toBe('start');
  });
  it('invites until there are offers, then compares, then opens', () => {
    const sourcing = seen({ state: 'sourcing' });
    expect(nextStep(sourcing, nothing, now).act).toBe('invite');
    expect(nextStep(sourcing, { ...nothing, offers: 2 }, now).act).toBe('offers');
    expect(nextStep({ ...sourcing, award: {} }, { ...nothing, offers: 2 }, now).act).toBe('open');
  });
  it('does not open without a deadline', () => {
    const awarded = seen({ state: 'sourcing', award: {}, closes_at: null });
    expect(nextStep(awarded, nothing, now).act).toBe('dates');
  });
  it('opens the second part of a split award with its first', () => {
    const second = seen({ state: 'sourcing', award: {}, split: { part: 'second' } });
    expect(nextStep(second, nothing, now)).toEqual({ sentence: 'sourcingSecond', act: null });
    const first = seen({ state: 'sourcing', award: {}, split: { part: 'first' } });
    expect(nextStep(first, nothing, now).act).toBe('open');
  });
  it('waits for sealed offers until they are due', () => {
    const sealed = seen({ state: 'sourcing', sealed: true });
    expect(nextStep(sealed, nothing, now).sentence).toBe('sourcingSealed');
    const due = Date.parse('2026-05-12T00:00:00Z');
    expect(nextStep(sealed, { ...nothing, offers: 1 }, due).sentence).toBe('sourcingChoose');
  });
  it('says that the deadline has come at the instant itself', () => {
    const open = seen({ state: 'open' });
    expect(nextStep(open, nothing, now).act).toBe('closing');
    const closing = Date.parse('2026-05-20T00:00:00Z');
    expect(nextStep(open, nothing, closing)).toEqual({ sentence: 'openDue', act: null });
  });
  it('previews the closing while it is filled', () => {
    const filling = seen({ state: 'filling' });
    expect(nextStep(filling, nothing, now)).toEqual({ sentence: 'filling', act: 'closing' });
    expect(partsOf({ state: 'filling', ladder: {}, clearing: null })).toContain('closing');
  });
  it('has the step of filling on the way only where it is chosen', () => {
    expect(wayOf(true)).toContain('filling');
    expect(wayOf(false)).not.toContain('filling');
    expect(placeOf('closing', wayOf(false))).toBe(3);
    expect(placeOf('failed', wayOf(true))).toBeNull();
  });
  it('collects money, then waits for the supplier and the firms', () => {
    expect(nextStep(seen({ state: 'settling' }), nothing, now).act).toBeNull();
    expect(nextStep(seen({ state: 'settling' }), { ...nothing, payments: 3 }, now).act).toBe(
      'money',
    );
    const ordered = nextStep(seen({ state: 'ordered' }), { ...nothing, confirmed: true }, now);
    expect(ordered.sentence).toBe('orderedConfirmed');
    expect(nextStep(seen({ state: 'failed' }), nothing, now)).toEqual({
      sentence: 'failed',
      act: null,
    });
  });
});

describe('the page of a campaign', () => {
  it('begins with the part that the state is about', () => {
    const first = (state: Seen['state']) => partsOf({ state, ladder: {}, clearing: 'x' })[0];
    expect(
      ['draft', 'sourcing', 'open', 'settling', 'ordered', 'completed'].map((s) =>
        first(s as Seen['state']),
      ),
    ).toEqual(['terms', 'offers', 'overview', 'money', 'delivery', 'result']);
  });
  it('shows no result where there was no clearing, and no part twice', () => {
    const parts = partsOf({ state: 'cancelled', ladder: {}, clearing: null });
    expect(parts).not.toContain('result');
    expect(new Set(parts).size).toBe(parts.length);
  });
  it('shows an office that does not host it neither offers nor money', () => {
    for (const state of ['open', 'settling', 'delivering', 'completed', 'failed'] as const) {
      const parts = partsOf({ state, ladder: {}, clearing: 'x' }, false);
      expect(parts).toContain('commitments');
      expect(
        parts.filter((part) => ['offers', 'closing', 'money', 'delivery'].includes(part)),
      ).toEqual([]);
    }
  });
  it('has no place on the way for a campaign that left it', () => {
    expect(placeOf('draft')).toBe(0);
    expect(placeOf('completed')).toBe(8);
    expect(placeOf('failed')).toBeNull();
  });
});
