import { expect, test } from 'vitest';
import type { Member, MemberStatus } from '../../../lib/types-desk';
import { deedsFor } from './deeds';

const member = (status: MemberStatus, more: Partial<Member> = {}): Member => ({
  id: '1',
  firm: { id: '2', name: '가온', business_number: null, representative: '', address: '' },
  division: null,
  member_code: '',
  status,
  joined_at: null,
  represented: true,
  owner_invited: false,
  ...more,
});

test('a firm with people of its own decides; the office admits who has applied', () => {
  expect(deedsFor(member('applied'))).toEqual(['admit', 'decline']);
  expect(deedsFor(member('invited'))).not.toContain('admit');
  expect(deedsFor(member('left'))).toEqual(['invite']);
  expect(deedsFor(member('left', { represented: false }))).toEqual(['readmit']);
});

test('an owner is invited once, and only where nobody represents the firm', () => {
  expect(deedsFor(member('active', { represented: false }))).toContain('owner');
  expect(deedsFor(member('active'))).not.toContain('owner');
  expect(deedsFor(member('active', { represented: false, owner_invited: true }))).not.toContain(
    'owner',
  );
});
