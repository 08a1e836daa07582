import type ko from './calendar-ko';

const en: typeof ko = {
  title: 'Calendar',
  text: (place: string) =>
    `See deadlines, payments due, deliveries and days of collecting in your own calendar. The address belongs to this seat (${place}) and ends with it.`,
  make: 'Make a calendar address',
  once: 'Subscribe to this address in your calendar program. It is shown this once.',
  secret: 'Whoever knows the address can see the dates. If it got known, make a new one.',
  copy: 'Copy',
  copied: 'Copied',
  made: 'Made',
  read: 'Last read',
  never: 'not yet',
  renew: 'Make a new address',
  renewTitle: 'Make a new calendar address?',
  end: 'Take the address away',
  endTitle: 'Take the calendar address away?',
  stops:
    'The present address stops working at once. Calendars that use it are not updated any more.',
  ended: 'The calendar address is gone',
};

export default en;
