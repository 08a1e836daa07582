from django.urls import path

from mungchi.reports.api import trade

urlpatterns = [
    path("trade", trade.TradeView.as_view()),
    path("trade/evidence", trade.EvidenceView.as_view()),
]
