import type ko from './ko';

const en: typeof ko = {
  plan: 'Plan B',
  planHint: 'If it fails, or gives you nothing, what then?',
  kinds: {
    none: 'Nothing',
    need: 'Keep it as a need',
    campaign: 'Join another campaign',
  },
  noOther: 'There is no other campaign now that you could join instead.',
  other: 'The campaign to join instead',
  choose: 'Choose',
  option: (title: string, until: string) => `${title} (closes ${until})`,
  otherText:
    'You join it by the same conditions (quantity, price limit) without doing anything. If it cannot be joined then, your need is kept.',
  secondText:
    'What the first part leaves you without, all or some of it, is taken from the second by the same price limit.',
  needText: 'What you did not get is stated as a need, to be pooled for the next campaign.',

  planNeed: 'keep what we do not get as a need',
  planCampaign: (title: string) => `join “${title}” instead`,

  results: 'What was done by your plan B',
  joined: (quantity: string) =>
    `${quantity} are committed to another campaign by the same conditions.`,
  toJoined: 'See that campaign',
  need_opened: (quantity: string) => `${quantity} are stated as a need.`,
  need_stays: () => 'The need that you stated stays.',
  nothing: (quantity: string) => `The ${quantity} that are left could not be stated as a need.`,
  toNeeds: 'See needs',
  refused: (title: string) => `“${title}” could not be joined any more.`,
  keep: (quantity: string) => `State a need for ${quantity}`,
  underWay: 'Your plan B is being carried out.',
  nearest: {
    item: () => 'A campaign for the same item that you could join next',
    alike: (item: string) =>
      `A campaign for ${item}, which looks like the same, that you could join next`,
    category: (item: string) =>
      `A campaign for ${item}, of the same category, that you could join next`,
  },
};

export default en;
