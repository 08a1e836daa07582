import type { Member } from '../../../lib/types-desk';

/** What an office can do to a member firm. `owner`: inviting somebody to own it. */
export type Deed =
  'admit' | 'decline' | 'readmit' | 'suspend' | 'leave' | 'invite' | 'withdraw' | 'owner' | 'file';

/** The deeds that are open for a member, the most likely first. */
export function deedsFor(member: Member): Deed[] {
  const owner: Deed[] = member.represented || member.owner_invited ? [] : ['owner'];
  switch (member.status) {
    case 'applied':
      return ['admit', 'decline'];
    case 'invited':
      return ['withdraw', 'file'];
    case 'active':
      return [...owner, 'file', 'suspend', 'leave'];
    case 'suspended':
      return ['readmit', ...owner, 'file', 'leave'];
    case 'left':
      return [member.represented ? 'invite' : 'readmit'];
  }
}
