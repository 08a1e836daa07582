import type { CampaignBody, DeskCampaign } from '../../../../lib/types-desk';

/** Only what differs is sent: what a colleague changed meanwhile stays, and the history says less. */
export function changesOf(body: CampaignBody, before: DeskCampaign): CampaignBody {
  const was = {
    ...before,
    partners: before.partners.map(({ id }) => id),
    variants: before.variants.map(({ id }) => id),
    division: before.division?.id ?? null,
    host_fee_bp: before.fees?.host_bp,
  } as Record<string, unknown>;
  const same = (a: unknown, b: unknown) =>
    Array.isArray(a) && Array.isArray(b)
      ? a.length === b.length && a.every((each) => b.includes(each))
      : a === b;
  return Object.fromEntries(
    Object.entries(body).filter(([name, value]) => !same(value, was[name])),
  );
}
