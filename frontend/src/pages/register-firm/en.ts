import type ko from './ko';

const en: typeof ko = {
  title: 'Register a firm',
  intro: 'On Mungchi firms buy and sell. Please copy from your business registration certificate.',
  kind: 'What does your firm do here?',
  buys: 'Buys together, as a member of a cooperative',
  supplies: 'Supplies goods or services',
  supplyHint: 'You may choose both.',
  number: 'Business registration number',
  numberHint: 'Such as 220-81-62517',
  numberWrong: 'This number cannot be right. Check all 10 digits.',
  name: 'Name of the firm',
  nameHint: 'Such as Hanbit Precision Co.',
  representative: 'Representative',
  address: 'Address',
  addressHint: 'Goods are delivered here.',
  cooperative: 'Cooperative to join',
  cooperativeHint: 'Its coordinator looks at your application and admits you.',
  chooseOne: 'Choose a cooperative to buy as a member',
  send: 'Register',
  exists: 'This number is registered already. Ask the owner of that firm to invite you.',
  done: 'The firm is registered',
};

export default en;
