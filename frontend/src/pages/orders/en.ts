import type ko from './ko';

const en: typeof ko = {
  statements: 'Monthly statements',
  onAccount:
    'This order is on account: it goes ahead, and you send the money by the day below. You can also pay the monthly statement in one transfer.',
  overdueOnAccount: 'This is overdue. Please send the money.',
  credited: (all: string, off: string) => `${off} was taken off the ${all}.`,
  title: 'Orders',
  savings: 'Savings',
  sheet: 'Account sheet',
  order: 'Order',
  search: 'Search by order number or item',
  state: 'State',
  number: 'Order number',
  item: 'Item',
  firm: 'Firm',
  quantity: 'Quantity',
  unitPrice: 'Unit price',
  total: 'Total',
  due: 'Pay by',
  none: 'No orders',
  noneText: 'When a campaign you joined goes ahead, your order appears here.',
  toCampaigns: 'Look at campaigns',
  campaign: 'Campaign',
  supplier: 'Supplier',
  deliverTo: 'Deliver to',
  supplyValue: 'Supply value',
  deliveryShare: 'Delivery share',
  vat: 'VAT',
  created: 'Ordered',
  amounts: 'Amounts',
  amountsWhy: 'How the amounts are computed',
  amountsWhyText: (quantity: string, price: string, value: string, vat: string | null) =>
    `The supply value is ${quantity} times ${price}: ${value}, rounded once. ${
      vat === null
        ? 'The item carries no VAT.'
        : `Of it and of the share of delivery, ${vat} is added as VAT, rounded down.`
    }`,
  payment: 'Payment',
  transfer: 'Please transfer the amount to this account and give the reference.',
  arrived: (amount: string, arrived: string, missing: string) =>
    `${arrived} of ${amount} has arrived. ${missing} is missing.`,
  bank: 'Bank',
  account: 'Account',
  holder: 'Account holder',
  amount: 'Amount',
  sent: 'Amount sent',
  reference: 'Reference',
  copyOf: (what: string) => `Copy: ${what}`,
  paidAt: 'Confirmed',
  depositor: 'Depositor',
  grace: 'The payment is overdue. Please transfer it now: if it has not arrived by',
  graceEnd: ', your order is cancelled.',
  lapses: 'Grace ends',
  lapsed:
    'This order was cancelled because it was not paid in time. You owe nothing for it; what you sent in part goes back to you.',
  overdue: 'The payment is overdue. Please tell your cooperative at once.',
  deliveries: 'Delivery',
  noShipments: 'Nothing has been shipped yet. We will tell you when it is.',
  carrier: 'Carrier',
  tracking: 'Tracking number',
  shippedOn: 'Shipped on',
  shipped: 'Shipped',
  receivedText: (quantity: string) => `${quantity} received`,
  receive: 'Confirm receipt',
  receiveTitle: 'What arrived?',
  ordered: 'You ordered:',
  receiveText: (quantity: string) =>
    `${quantity} was sent. Enter the quantity that really arrived.`,
  receivedQuantity: 'Quantity received',
  note: 'Note',
  noteHint: 'Say if anything is missing, damaged or of another variant.',
  received: 'Receipt is confirmed',
  back: 'All orders',
};

export default en;
