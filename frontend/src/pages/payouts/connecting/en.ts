import type ko from './ko';

const en: typeof ko = {
  title: 'Being paid by the payment provider',
  titleOffice: 'Connected accounts of suppliers',
  lead: 'A cooperative can send what it took through its payment provider straight to an account of yours there, without a bank transfer. You give your details on the provider’s own pages; we only learn whether you can be paid. Without it you are paid to your bank account.',
  leadOffice:
    'These suppliers can be paid straight by the provider. While one cannot, it is paid by bank transfer.',
  standing: {
    none: 'Not connected',
    open: 'Details are missing',
    checking: 'Being checked by the provider',
    ready: 'Can be paid',
    refused: 'Refused by the provider',
  },
  text: {
    open: 'Once this is given, you can be paid.',
    checking: 'The provider is checking what was given. It mostly takes a few days.',
    refused: 'The provider does not send to this account. You are paid to your bank account.',
  },
  needed: 'Still missing',
  currency: 'Paid in',
  test: 'A simulated account: no money moves.',
  connect: 'Connect',
  goOn: 'Go on',
  change: 'Change details',
  look: 'Check again',
  looked: 'This is how it stands now',
  leading: 'Taking you to the provider’s page…',
  told: 'Checked',
  ownersOnly: 'Owners of the firm connect it.',
};
export default en;
