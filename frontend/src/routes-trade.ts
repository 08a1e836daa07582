import type { Route } from './routes';

/** The pages beyond buying: offices, suppliers, among members, accounts; see routes.ts. */
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
  { path: '/desk/prices', page: () => import('./pages/prices/List.svelte') },
  { path: '/desk/prices/:id', page: () => import('./pages/prices/Standing.svelte') },
  { path: '/desk/bundles', page: () => import('./pages/desk/bundles/Bundles.svelte') },
  { path: '/desk/bundles/:id', page: () => import('./pages/desk/bundles/Bundle.svelte') },
  { path: '/desk/foretold', page: () => import('./pages/desk/foretold/Foretold.svelte') },
  { path: '/desk/foretold/:id', page: () => import('./pages/desk/foretold/Item.svelte') },
  { path: '/desk/purchases', page: () => import('./pages/desk/demand/Purchases.svelte') },
  { path: '/desk/imports', page: () => import('./pages/desk/imports/Imports.svelte') },
  { path: '/desk/imports/:id', page: () => import('./pages/desk/imports/Import.svelte') },
  { path: '/desk/items', page: () => import('./pages/desk/items/Items.svelte') },
  {
    path: '/desk/items/look-alikes',
    page: () => import('./pages/desk/look-alikes/LookAlikes.svelte'),
  },
  { path: '/desk/payments', page: () => import('./pages/desk/payments/Payments.svelte') },
  { path: '/desk/payments/bank', page: () => import('./pages/desk/bank/Bank.svelte') },
  {
    path: '/desk/payments/statements',
    page: () => import('./pages/desk/bank/Statements.svelte'),
  },
  {
    path: '/desk/payments/statements/:id',
    page: () => import('./pages/desk/bank/Statement.svelte'),
  },
  { path: '/desk/payments/returns', page: () => import('./pages/desk/bank/Returns.svelte') },
  {
    path: '/desk/payments/reconciliation',
    page: () => import('./pages/desk/reconciliation/Reconciliation.svelte'),
  },
  { path: '/desk/payments/disputes', page: () => import('./pages/desk/disputes/Disputes.svelte') },
  {
    path: '/desk/payments/disputes/:id',
    page: () => import('./pages/desk/disputes/Dispute.svelte'),
  },
  { path: '/desk/payments/ways', page: () => import('./pages/desk/ways/Ways.svelte') },
  { path: '/desk/payments/terms', page: () => import('./pages/desk/terms/OnAccount.svelte') },
  { path: '/desk/payments/monthly', page: () => import('./pages/statements/Statements.svelte') },
  { path: '/statements', page: () => import('./pages/statements/Statements.svelte') },
  { path: '/statements/:id', page: () => import('./pages/statements/Statement.svelte') },
  { path: '/payment-methods', page: () => import('./pages/payment-methods/Methods.svelte') },
  { path: '/desk/payments/refunds', page: () => import('./pages/refunds/Refunds.svelte') },
  { path: '/desk/payouts', page: () => import('./pages/payouts/Payouts.svelte') },
  { path: '/desk/payouts/:id', page: () => import('./pages/payouts/Statement.svelte') },
  { path: '/desk/ledger', page: () => import('./pages/books/Journal.svelte') },
  { path: '/desk/accounts/:id', page: () => import('./pages/books/Account.svelte') },
  { path: '/account', page: () => import('./pages/books/Account.svelte') },
  { path: '/desk/members', page: () => import('./pages/desk/members/Members.svelte') },
  { path: '/desk/cooperative', page: () => import('./pages/desk/cooperative/Cooperative.svelte') },
  { path: '/desk/members/:id', page: () => import('./pages/desk/member/Member.svelte') },
  {
    path: '/desk/purchase-orders/:id',
    page: () => import('./pages/supplier/PurchaseOrder.svelte'),
  },
  { path: '/desk/left-out', page: () => import('./pages/desk/left-out/LeftOut.svelte') },
  { path: '/desk/left-out/:firm', page: () => import('./pages/desk/left-out/Member.svelte') },
  { path: '/desk/assembly', page: () => import('./pages/desk/assembly/Assembly.svelte') },

  { path: '/commitments', page: () => import('./pages/basket/Basket.svelte') },
  { path: '/approvals', page: () => import('./pages/approvals/Approvals.svelte') },
  // What others need
  { path: '/demand', page: () => import('./pages/demand/Demand.svelte') },

  // Told of a campaign by its shared address
  { path: '/told/:token', page: () => import('./pages/share/Shared.svelte'), for: 'person' },

  // What is wrong with what was sent
  { path: '/claims', page: () => import('./pages/claims/Claims.svelte') },
  { path: '/claims/:id', page: () => import('./pages/claims/Claim.svelte') },

  { path: '/savings', page: () => import('./pages/savings/Savings.svelte') },

  // What members offer each other, and who is brought together
  { path: '/directory', page: () => import('./pages/directory/Directory.svelte') },
  { path: '/directory/mine', page: () => import('./pages/directory/Mine.svelte') },
  { path: '/introductions', page: () => import('./pages/introductions/Introductions.svelte') },
  {
    path: '/introductions/:id',
    page: () => import('./pages/introductions/Introduction.svelte'),
  },

  { path: '/needs/lists', page: () => import('./pages/needs/lists/Lists.svelte') },
  { path: '/needs/lists/:id', page: () => import('./pages/needs/lists/List.svelte') },
  {
    path: '/desk/member-lists',
    page: () => import('./pages/desk/member-lists/Lists.svelte'),
  },
  {
    path: '/desk/member-lists/:id',
    page: () => import('./pages/desk/member-lists/List.svelte'),
  },
  { path: '/desk/divisions', page: () => import('./pages/desk/divisions/Divisions.svelte') },
  { path: '/desk/people', page: () => import('./pages/people/People.svelte') },

  // People of a firm, and whoever is invited
  { path: '/settings/people', page: () => import('./pages/people/People.svelte') },
  {
    path: '/settings/memberships',
    page: () => import('./pages/memberships/Memberships.svelte'),
  },
  {
    path: '/invitation/:key',
    page: () => import('./pages/invitation/Invitation.svelte'),
    for: 'anyone',
  },

  // A firm, for itself
  { path: '/settings/firm', page: () => import('./pages/settings/firm/Firm.svelte') },

  // Cooperatives that come, and the platform that admits them
  {
    path: '/register-cooperative',
    page: () => import('./pages/register-cooperative/RegisterCooperative.svelte'),
    for: 'person',
  },
  { path: '/platform/items', page: () => import('./pages/desk/look-alikes/LookAlikes.svelte') },
  { path: '/platform/cooperatives', page: () => import('./pages/platform/Cooperatives.svelte') },

  // A firm that supplies
  { path: '/supplier/campaigns', page: () => import('./pages/supplier/Requests.svelte') },
  { path: '/supplier/campaigns/:id', page: () => import('./pages/supplier/Request.svelte') },
  { path: '/supplier/prices', page: () => import('./pages/prices/List.svelte') },
  { path: '/supplier/prices/new', page: () => import('./pages/prices/New.svelte') },
  { path: '/supplier/prices/:id', page: () => import('./pages/prices/Standing.svelte') },
  { path: '/supplier/price-sheets', page: () => import('./pages/prices/Sheets.svelte') },
  { path: '/supplier/price-sheets/:id', page: () => import('./pages/prices/Sheet.svelte') },
  { path: '/supplier/offers', page: () => import('./pages/supplier/Offers.svelte') },
  { path: '/supplier/payouts', page: () => import('./pages/payouts/Payouts.svelte') },
  { path: '/supplier/payouts/:id', page: () => import('./pages/payouts/Statement.svelte') },
  {
    path: '/supplier/purchase-orders',
    page: () => import('./pages/supplier/PurchaseOrders.svelte'),
  },
  {
    path: '/supplier/purchase-orders/:id',
    page: () => import('./pages/supplier/PurchaseOrder.svelte'),
  },

  // Accounts and rights
  {
    path: '/settings/security',
    page: () => import('./pages/settings/security/Security.svelte'),
    for: 'person',
  },
  {
    path: '/settings/notifications',
    page: () => import('./pages/settings/notifications/Notifications.svelte'),
  },
  {
    path: '/unsubscribe',
    page: () => import('./pages/unsubscribe/Unsubscribe.svelte'),
    for: 'anyone',
  },
  { path: '/settings/keys', page: () => import('./pages/settings/keys/Keys.svelte') },
  {
    path: '/settings/close',
    page: () => import('./pages/settings/close/Close.svelte'),
    for: 'person',
  },
  { path: '/settings/recovery', page: () => import('./pages/settings/recovery/Recovery.svelte') },
  {
    path: '/permissions',
    page: () => import('./pages/settings/permissions/Permissions.svelte'),
    for: 'person',
  },
];
