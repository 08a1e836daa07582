from django.urls import path

from mungchi.payments.api import bank, books, lapsing, views

urlpatterns = [
    path("payments", views.PaymentsView.as_view()),
    path("payments/<uuid:pk>", views.PaymentView.as_view()),
    path("payments/<uuid:pk>/confirm", views.ConfirmPaymentView.as_view()),
    path("payments/<uuid:pk>/undo-confirm", views.UndoConfirmationView.as_view()),
    path("payments/<uuid:pk>/refund-sent", views.RefundSentView.as_view()),
    path("payments/<uuid:pk>/extend", lapsing.ExtendPaymentView.as_view()),
    path("payments/<uuid:pk>/lapse", lapsing.LapsePaymentView.as_view()),
    path("campaigns/<uuid:pk>/extend-payments", lapsing.ExtendPaymentsView.as_view()),
    path("campaigns/<uuid:pk>/payments-outlook", lapsing.PaymentsOutlookView.as_view()),
    path("members/<uuid:pk>/lapses", lapsing.MemberLapsesView.as_view()),
    path("bank-statements", bank.BankStatementsView.as_view()),
    path("bank-statements/<uuid:pk>", bank.BankStatementView.as_view()),
    path("bank-statements/<uuid:pk>/start", bank.TakeStatementView.as_view()),
    path("bank-statements/<uuid:pk>/lines", bank.StatementLinesView.as_view()),
    path("bank-lines", bank.BankLinesView.as_view()),
    path("bank-lines/<uuid:pk>/allot", bank.AllotLineView.as_view()),
    path("bank-lines/<uuid:pk>/move", bank.MoveLineView.as_view()),
    path("bank-allotments/<uuid:pk>/undo", bank.UndoAllotmentView.as_view()),
    path("bank-matches", bank.BankMatchesView.as_view()),
    path("bank-matches/confirm", bank.ConfirmMatchesView.as_view()),
    path("bank-returns", bank.BankReturnsView.as_view()),
    path("ledger/entries", books.LedgerEntriesView.as_view()),
    path("ledger/balances", books.LedgerBalancesView.as_view()),
    path("campaigns/<uuid:pk>/money", books.CampaignMoneyView.as_view()),
    path("firms/<uuid:pk>/account", books.FirmSheetView.as_view()),
    path("account", books.OwnSheetView.as_view()),
]
