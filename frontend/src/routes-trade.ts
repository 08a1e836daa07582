import type { Route } from './routes';

/** The table of pages of those who run group buys and of those who supply them; see routes.ts. */
export const routes: readonly Route[] = [
  // The office of a cooperative
  { path: '/desk/campaigns', page: () => import('./pages/desk/campaigns/Campaigns.svelte') },
  { path: '/desk/campaigns/new', page: () => import('./pages/desk/campaigns/NewCampaign.svelte') },
  { path: '/desk/campaigns/:id', page: () => import('./pages/desk/campaigns/Campaign.svelte') },
  {
    path: '/desk/campaigns/:id/edit',
    page: () => import('./pages/desk/campaigns/EditCampaign.svelte'),
  },
  { path: '/desk/pools', page: () => import('./pages/desk/demand/Pools.svelte') },
  { path: '/desk/pools/:id', page: () => import('./pages/desk/demand/Pool.svelte') },
  { path: '/desk/purchases', page: () => import('./pages/desk/demand/Purchases.svelte') },
  { path: '/desk/imports', page: () => import('./pages/desk/imports/Imports.svelte') },
  { path: '/desk/imports/:id', page: () => import('./pages/desk/imports/Import.svelte') },
  { path: '/desk/payments', page: () => import('./pages/desk/payments/Payments.svelte') },
  { path: '/desk/members', page: () => import('./pages/desk/members/Members.svelte') },
  { path: '/desk/cooperative', page: () => import('./pages/desk/cooperative/Cooperative.svelte') },
  { path: '/desk/members/:id', page: () => import('./pages/desk/member/Member.svelte') },
  {
    path: '/desk/purchase-orders/:id',
    page: () => import('./pages/supplier/PurchaseOrder.svelte'),
  },

  // A firm, for itself
  { path: '/settings/firm', page: () => import('./pages/settings/firm/Firm.svelte') },

  // Cooperatives that come, and the platform that admits them
  {
    path: '/register-cooperative',
    page: () => import('./pages/register-cooperative/RegisterCooperative.svelte'),
    for: 'person',
  },
  { path: '/platform/cooperatives', page: () => import('./pages/platform/Cooperatives.svelte') },

  // A firm that supplies
  { path: '/supplier/campaigns', page: () => import('./pages/supplier/Requests.svelte') },
  { path: '/supplier/campaigns/:id', page: () => import('./pages/supplier/Request.svelte') },
  { path: '/supplier/offers', page: () => import('./pages/supplier/Offers.svelte') },
  {
    path: '/supplier/purchase-orders',
    page: () => import('./pages/supplier/PurchaseOrders.svelte'),
  },
  {
    path: '/supplier/purchase-orders/:id',
    page: () => import('./pages/supplier/PurchaseOrder.svelte'),
  },
];
