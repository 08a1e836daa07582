import type { FirmRef, Schemas, Shape } from '../../../lib/types';

export type DisputeState = 'needs_response' | 'under_review' | 'won' | 'lost' | 'closed';
type Exact = {
  state: DisputeState;
  again: 'none' | 'asked' | 'paid' | 'dropped';
  firm: FirmRef;
  campaign: Shape<Schemas['CampaignTitle']>;
  order: Shape<Schemas['OrderRef']>;
  due_by: string | null;
  ended_at: string | null;
  submitted_on: string | null;
  submitted_by: string | null;
  accepted_at: string | null;
  accepted_by: string | null;
  again_due: string | null;
  again_paid_on: string | null;
};
export type Dispute = Shape<Schemas['Dispute'], Exact>;
export type Note = Shape<Schemas['DisputeNote']>;
export type Kept = Shape<Schemas['DisputeFile'], { uploaded_by: string | null }>;
export type DisputeDetail = Shape<
  Schemas['DisputeDetail'],
  Exact & { notes: Note[]; files: Kept[] }
>;
export type Section = Shape<Schemas['EvidenceSection']>;

/** Whether the bank has still to decide. */
export const isOpen = (state: DisputeState) =>
  state === 'needs_response' || state === 'under_review';
