import type { CampaignState } from '../../../lib/types';

/** The way of a campaign that goes well, in order. */
export const WAY = [
  'draft',
  'sourcing',
  'open',
  'filling',
  'closing',
  'settling',
  'ordered',
  'delivering',
  'completed',
] as const satisfies readonly CampaignState[];

/** The way of a campaign: one that is not filled after its deadline goes without that step. */
export function wayOf(fills: boolean): readonly CampaignState[] {
  return WAY.filter((state) => fills || state !== 'filling');
}

/** How far a state is on a way, from 0; null for one that left it (failed, cancelled). */
export function placeOf(state: CampaignState, way: readonly CampaignState[] = WAY): number | null {
  const at = way.indexOf(state);
  return at < 0 ? null : at;
}

/** What the office does next: a deed of its own, a part of the page to go to, or nothing but wait. */
export type Act =
  'start' | 'dates' | 'invite' | 'offers' | 'open' | 'closing' | 'money' | 'delivery';
/** Deeds that are asked about in a dialog. */
export type Deed = 'start' | 'open' | 'invite' | 'extend' | 'cancel' | 'fail';
export type Sentence =
  | 'draft'
  | 'draftNoDue'
  | 'sourcingWait'
  | 'sourcingSealed'
  | 'sourcingChoose'
  | 'sourcingOpen'
  | 'sourcingSecond'
  | 'open'
  | 'openDue'
  | 'filling'
  | 'closing'
  | 'settling'
  | 'settlingWait'
  | 'ordered'
  | 'orderedConfirmed'
  | 'delivering'
  | 'completed'
  | 'failed'
  | 'cancelled';

export interface Seen {
  state: CampaignState;
  sealed: boolean;
  offers_due_at: string | null;
  closes_at: string | null;
  award: unknown;
  split?: { part: 'first' | 'second' } | null;
}
/** Counted elsewhere; null while not known. */
export interface Figures {
  offers: number | null;
  payments: number | null;
  confirmed: boolean;
}

/** Which sentence says where the campaign stands, and what to do about it. */
export function nextStep(
  campaign: Seen,
  figures: Figures,
  now: number,
): { sentence: Sentence; act: Act | null } {
  const { state } = campaign;
  switch (state) {
    case 'draft':
      return campaign.offers_due_at && campaign.closes_at
        ? { sentence: 'draft', act: 'start' }
        : { sentence: 'draftNoDue', act: 'dates' };
    case 'sourcing':
      return sourcing(campaign, figures.offers, now);
    case 'open':
      return campaign.closes_at && Date.parse(campaign.closes_at) <= now
        ? { sentence: 'openDue', act: null }
        : { sentence: 'open', act: 'closing' };
    case 'filling':
      return { sentence: 'filling', act: 'closing' };
    case 'settling':
      return figures.payments
        ? { sentence: 'settling', act: 'money' }
        : { sentence: 'settlingWait', act: null };
    case 'ordered':
      return { sentence: figures.confirmed ? 'orderedConfirmed' : 'ordered', act: 'delivery' };
    case 'delivering':
      return { sentence: 'delivering', act: 'delivery' };
    default:
      return { sentence: state, act: null };
  }
}

function sourcing(
  campaign: Seen,
  offers: number | null,
  now: number,
): { sentence: Sentence; act: Act | null } {
  if (campaign.split?.part === 'second') return { sentence: 'sourcingSecond', act: null };
  if (campaign.award)
    return { sentence: 'sourcingOpen', act: campaign.closes_at ? 'open' : 'dates' };
  const due = campaign.offers_due_at;
  if (campaign.sealed && due && Date.parse(due) > now)
    return { sentence: 'sourcingSealed', act: 'invite' };
  return offers
    ? { sentence: 'sourcingChoose', act: 'offers' }
    : { sentence: 'sourcingWait', act: 'invite' };
}

export type Part =
  | 'overview'
  | 'offers'
  | 'questions'
  | 'commitments'
  | 'closing'
  | 'result'
  | 'money'
  | 'delivery'
  | 'collecting'
  | 'guests'
  | 'terms'
  | 'history';

/**
 * The parts of the page in a state; the first is shown unless another is asked for. An office that does
 * not host the campaign looks at totals and its own members' lines.
 */
export function partsOf(
  campaign: {
    state: CampaignState;
    ladder: unknown;
    clearing: unknown;
    takes_guests?: boolean;
  },
  hosts = true,
): Part[] {
  const { state, ladder, clearing } = campaign;
  if (!hosts) {
    const seen: Part[] = clearing ? ['result'] : [];
    if (ladder) seen.push('overview', 'commitments');
    return [...seen, 'collecting', 'terms', 'history'];
  }
  if (state === 'draft') return ['terms', 'offers', 'history'];
  const guests: Part[] = campaign.takes_guests ? ['guests'] : [];
  if (state === 'sourcing') return ['offers', 'questions', ...guests, 'terms', 'history'];
  if (state === 'open' || state === 'filling') {
    return [
      ...(['overview', 'commitments', 'closing', 'offers'] as const),
      ...guests,
      ...(['collecting', 'terms', 'history'] as const),
    ];
  }
  const parts: Part[] = [];
  if (state === 'settling') parts.push('money', 'result', 'delivery');
  else if (state === 'ordered' || state === 'delivering') parts.push('delivery', 'money', 'result');
  else if (clearing) parts.push('result', 'money', 'delivery');
  if (ladder) parts.push('overview', 'commitments');
  return [...parts, 'offers', ...guests, 'collecting', 'terms', 'history'];
}
