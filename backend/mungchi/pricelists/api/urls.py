from django.urls import path

from mungchi.pricelists.api import sheets, views

urlpatterns = [
    path("standing-offers", views.StandingOffersView.as_view()),
    path("standing-offers/<uuid:pk>", views.StandingOfferView.as_view()),
    path("standing-offers/<uuid:pk>/end", views.EndStandingView.as_view()),
    path("standing-offers/<uuid:pk>/versions", views.StandingVersionsView.as_view()),
    path("pools/<uuid:pk>/standing-offers", views.PoolStandingView.as_view()),
    path("campaigns/<uuid:pk>/standing-offers", views.CampaignStandingView.as_view()),
    path("campaigns/<uuid:pk>/take-standing-offer", views.TakeStandingView.as_view()),
    path("campaigns/<uuid:pk>/post-standing-offer", views.PostStandingView.as_view()),
    path("campaigns/<uuid:pk>/offer-origins", views.OriginsView.as_view()),
    path("price-sheets", sheets.SheetsView.as_view()),
    path("price-sheets/template", sheets.TemplateView.as_view()),
    path("price-sheets/<uuid:pk>", sheets.SheetView.as_view()),
    path("price-sheets/<uuid:pk>/start", sheets.StartSheetView.as_view()),
    path("price-sheets/<uuid:pk>/lines", sheets.SheetLinesView.as_view()),
    path("price-sheets/<uuid:pk>/missing", sheets.MissingView.as_view()),
]
