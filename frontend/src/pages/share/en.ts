import type ko from './ko';

const en: typeof ko = {
  title: 'Tell my partners',
  text: 'Whoever opens this address sees, without signing in, the title, the item, the cooperative that runs it, the unit prices by quantity, how it stands and when it closes. No names or quantities of firms and no price limits.',
  picture: 'This is how it looks in a chat',
  pictureAlt: 'The picture that is shared: the price now and the next tier',
  address: 'Address',
  copy: 'Copy the address',
  send: 'Send',
  off: 'Sharing is off. Turning it on makes a new address, and firms and offices that may join can tell others of this campaign.',
  turnOn: 'Turn sharing on',
  manage: 'The address',
  manageText:
    'A new address, or turning sharing off, ends the one that has been sent so far at once.',
  renew: 'Make a new address',
  turnOff: 'Turn sharing off',
  renewed: 'There is a new address',
  ended: 'Sharing is off',
  sharedTitle: 'How to take part',
  hostedBy: (host, title) =>
    `“${title}” is a campaign run by ${host}. You cannot take part with the seat you have now.`,
  ways: {
    own: (host) => `It is for member firms of ${host}.`,
    division: (host) => `It is for member firms of one division of ${host}.`,
    partners: (host) => `It is for member firms of ${host} and of its partners.`,
    all: () => 'It is for member firms of every cooperative on Mungchi.',
  },
  noFirm: 'First register your firm by its business number, then apply to a cooperative.',
  registerFirm: 'Register a firm',
  apply: 'Apply to a cooperative: once its office has admitted you, you can take part.',
  toMemberships: 'Apply to a cooperative',
  guest: 'The cooperative can also be asked whether it admits guests that are no members.',
  otherSeat: 'If you have another seat, choose it above and open this address again.',
  over: 'This campaign has closed. As a member you can take part in the next one.',
  gone: 'This address is not in use. Please ask whoever told you for the new one.',
};
export default en;
