import type { Component } from 'svelte';
import type { IconName } from './lib/ui/Icon.svelte';
import type { Role } from './lib/types';

/**
 * The table of pages. To add one: write `pages/<area>/<Name>.svelte` (it receives the parameters of
 * its path as props, sets its heading with `<PageHead>`), add a line here, and, when people should
 * find it in the navigation, one in `navigation` below.
 */
export interface Route {
  path: string;
  page: () => Promise<{ default: Component<any> }>;
  /** Who may come: anyone, only those signed out, a person signed in, or one with a seat (the default). */
  for?: 'anyone' | 'signed-out' | 'person' | 'seat';
}

export const routes: readonly Route[] = [
  { path: '/', page: () => import('./pages/home/Home.svelte'), for: 'anyone' },
  { path: '/sign-in', page: () => import('./pages/sign-in/SignIn.svelte'), for: 'signed-out' },
  { path: '/sign-up', page: () => import('./pages/sign-in/SignUp.svelte'), for: 'signed-out' },
  { path: '/reset-password', page: () => import('./pages/sign-in/AskReset.svelte'), for: 'anyone' },
  {
    path: '/reset-password/:key',
    page: () => import('./pages/sign-in/Reset.svelte'),
    for: 'anyone',
  },
  {
    path: '/verify-email/:key',
    page: () => import('./pages/sign-in/Verify.svelte'),
    for: 'anyone',
  },
  {
    path: '/register-firm',
    page: () => import('./pages/register-firm/RegisterFirm.svelte'),
    for: 'person',
  },

  { path: '/campaigns', page: () => import('./pages/campaigns/Campaigns.svelte') },
  { path: '/campaigns/:id', page: () => import('./pages/campaigns/Campaign.svelte') },
  { path: '/needs', page: () => import('./pages/needs/Needs.svelte') },
  { path: '/orders', page: () => import('./pages/orders/Orders.svelte') },
  { path: '/orders/:id', page: () => import('./pages/orders/Order.svelte') },
  {
    path: '/notifications',
    page: () => import('./pages/notifications/Notifications.svelte'),
    for: 'person',
  },
  { path: '/settings', page: () => import('./pages/settings/Settings.svelte'), for: 'person' },
];

/**
 * Pages of some seats only, or seldom opened, in tables that are loaded with the first of them: their addresses would
 * make the first page of everybody else heavier.
 */
export const areas: readonly {
  within: RegExp;
  routes: () => Promise<{ routes: readonly Route[] }>;
}[] = [
  {
    within:
      /^\/(?:(?:permissions|savings|account|statements|payment-methods|approvals|commitments|demand|register-cooperative|unsubscribe)$|(?:settings|invitation|platform|needs|told|statements)\/|(?:desk|supplier|directory|introductions|claims)(?:\/|$))/,
    routes: () => import('./routes-trade'),
  },
];

/** A line of the navigation; its words are `t.nav[word]`. */
export interface NavLine {
  path: string;
  word:
    | 'home'
    | 'campaigns'
    | 'needs'
    | 'orders'
    | 'pools'
    | 'payments'
    | 'members'
    | 'purchases'
    | 'cooperative'
    | 'cooperatives'
    | 'requests'
    | 'offers'
    | 'purchaseOrders'
    | 'directory'
    | 'leftOut'
    | 'prices';
  icon: IconName;
  /** Seats that see it; everybody when left out. */
  roles?: readonly Role[];
  /** Other addresses that belong to it. */
  covers?: readonly string[];
  /** Only firms that supply. */
  supplies?: true;
  /** Only firms that buy: members of a cooperative, or on the way to be. */
  buys?: true;
}

const firm: readonly Role[] = ['owner', 'buyer', 'viewer'];
const office: readonly Role[] = ['coordinator', 'auditor'];

/** In the order of use: on a telephone the first four stand at the foot, the rest behind "more". */
export const navigation: readonly NavLine[] = [
  { path: '/', word: 'home', icon: 'home' },
  { path: '/campaigns', word: 'campaigns', icon: 'steps', roles: firm, buys: true },
  {
    path: '/needs',
    word: 'needs',
    icon: 'need',
    roles: firm,
    buys: true,
    covers: ['/demand'],
  },
  { path: '/supplier/campaigns', word: 'requests', icon: 'steps', supplies: true },
  { path: '/supplier/offers', word: 'offers', icon: 'file', supplies: true },
  {
    path: '/supplier/prices',
    word: 'prices',
    icon: 'money',
    supplies: true,
    covers: ['/supplier/price-sheets'],
  },
  {
    path: '/supplier/purchase-orders',
    word: 'purchaseOrders',
    icon: 'truck',
    supplies: true,
    covers: ['/supplier/payouts'],
  },
  {
    path: '/desk/campaigns',
    word: 'campaigns',
    icon: 'steps',
    roles: office,
    covers: ['/desk/purchase-orders'],
  },
  {
    path: '/desk/pools',
    word: 'pools',
    icon: 'need',
    roles: office,
    covers: ['/desk/bundles', '/desk/foretold', '/desk/prices'],
  },
  {
    path: '/desk/payments',
    word: 'payments',
    icon: 'money',
    roles: office,
    covers: ['/desk/ledger', '/desk/accounts', '/desk/payouts'],
  },
  { path: '/orders', word: 'orders', icon: 'box', roles: [...office, ...firm], buys: true },
  { path: '/desk/members', word: 'members', icon: 'firms', roles: office },
  {
    path: '/desk/left-out',
    word: 'leftOut',
    icon: 'seat',
    roles: office,
    covers: ['/desk/assembly', '/savings'],
  },
  {
    path: '/directory',
    word: 'directory',
    icon: 'search',
    roles: [...office, ...firm],
    buys: true,
    covers: ['/introductions'],
  },
  {
    path: '/desk/purchases',
    word: 'purchases',
    icon: 'file',
    roles: office,
    covers: ['/desk/imports', '/desk/items'],
  },
  { path: '/desk/cooperative', word: 'cooperative', icon: 'gear', roles: office },
  { path: '/platform/cooperatives', word: 'cooperatives', icon: 'firms', roles: ['operator'] },
];
