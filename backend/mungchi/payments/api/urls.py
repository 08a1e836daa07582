from django.urls import path

from mungchi.payments.api import books, views

urlpatterns = [
    path("payments", views.PaymentsView.as_view()),
    path("payments/<uuid:pk>", views.PaymentView.as_view()),
    path("payments/<uuid:pk>/confirm", views.ConfirmPaymentView.as_view()),
    path("payments/<uuid:pk>/undo-confirm", views.UndoConfirmationView.as_view()),
    path("payments/<uuid:pk>/refund-sent", views.RefundSentView.as_view()),
    path("ledger/entries", books.LedgerEntriesView.as_view()),
    path("ledger/balances", books.LedgerBalancesView.as_view()),
    path("campaigns/<uuid:pk>/money", books.CampaignMoneyView.as_view()),
    path("firms/<uuid:pk>/account", books.FirmSheetView.as_view()),
    path("account", books.OwnSheetView.as_view()),
]
