/** Shapes of people, seats, invitations, memberships and lists of members. */
import type { MembershipState, Role, Schemas, Shape } from './types';

/** What ends with a person's account; `last`: its place is handed over first. */
export type Closing = Shape<
  Schemas['Closing'],
  { seats: Shape<Schemas['EndingSeat'], { role: Role }>[] }
>;
/** A person's seat, as others of the same place see it. */
export type PersonAtPlace = Shape<Schemas['PersonAtPlace'], { role: Role }>;
/** `mail` says where its letter is; empty for a link. */
export type SeatInvitation = Shape<
  Schemas['SeatInvitation'],
  { mail: '' | 'waiting' | 'sent' | 'failed'; role: Role }
>;
/** `link` is there once, and only without an e-mail. */
export interface SentInvitation {
  invitation: SeatInvitation;
  link: string;
}
export type OfferedSeat = Shape<
  Schemas['OfferedSeat'],
  { role: Role; standing: 'open' | 'other_address' | 'seated' | 'accepted' }
>;
export type Leaving = Shape<Schemas['LeavingShape']>;
export type OwnMembership = Shape<Schemas['OwnMembership'], { status: MembershipState }>;
export type Division = Shape<Schemas['Division']>;
export type Running = Shape<Schemas['RunningShape']>;

export type MemberListState = 'uploaded' | 'queued' | 'running' | 'done';
export type MemberListRow = Shape<Schemas['MemberListRow'], { state: MemberListState }>;
export type MemberList = Shape<
  Schemas['MemberList'],
  { state: MemberListState; mapping: Record<string, number | null> }
>;
export type Verdict = 'new' | 'completes' | 'asks' | 'already' | 'rejected';
export type MemberListLine = Shape<
  Schemas['MemberListLine'],
  { verdict: Verdict; said: Record<string, string> }
>;
