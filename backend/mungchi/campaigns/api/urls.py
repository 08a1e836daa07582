from django.urls import path

from mungchi.campaigns.api import comparing, guests, joining, standing, views

urlpatterns = [
    path("campaigns", views.CampaignsView.as_view()),
    path("campaigns/<uuid:pk>", views.CampaignView.as_view()),
    path("campaigns/<uuid:pk>/start-sourcing", views.StartSourcingView.as_view()),
    path("campaigns/<uuid:pk>/invite", views.InviteView.as_view()),
    path("campaigns/<uuid:pk>/award", views.AwardView.as_view()),
    path("campaigns/<uuid:pk>/open", views.OpenView.as_view()),
    path("campaigns/<uuid:pk>/extend", views.ExtendView.as_view()),
    path("campaigns/<uuid:pk>/cancel", views.CancelView.as_view()),
    path("campaigns/<uuid:pk>/close", views.CloseView.as_view()),
    path("campaigns/<uuid:pk>/fail", views.FailView.as_view()),
    path("campaigns/<uuid:pk>/offers", views.CampaignOffersView.as_view()),
    path("campaigns/<uuid:pk>/comparison", comparing.ComparisonView.as_view()),
    path("campaigns/<uuid:pk>/commitment", joining.CommitmentView.as_view()),
    path("campaigns/<uuid:pk>/commitments", joining.CommitmentsView.as_view()),
    path("campaigns/<uuid:pk>/quote", joining.QuoteView.as_view()),
    path("campaigns/<uuid:pk>/dry-run", joining.DryRunView.as_view()),
    path("campaigns/<uuid:pk>/clearing", joining.ClearingView.as_view()),
    path("campaigns/<uuid:pk>/clearing/lines", joining.ClearingLinesView.as_view()),
    path("campaigns/<uuid:pk>/guests", guests.GuestsView.as_view()),
    path("guests/<uuid:pk>", guests.GuestView.as_view()),
    path("pools/<uuid:pk>/campaign", views.PoolCampaignView.as_view()),
    path("standings", standing.StandingsView.as_view()),
    path("foretold/<uuid:pk>/campaign", views.ForetoldCampaignView.as_view()),
    path("offers", views.OffersView.as_view()),
    path("offers/<uuid:pk>", views.OfferView.as_view()),
    path("offers/<uuid:pk>/withdraw", views.WithdrawOfferView.as_view()),
    path("invitations", views.InvitationsView.as_view()),
]
