from django.urls import path

from mungchi.reports.api import member, savings, trade, views

urlpatterns = [
    path("reports/assembly", views.AssemblyView.as_view()),
    path("reports/savings", savings.SavingsView.as_view()),
    path("reports/savings/lines", savings.SavingsLinesView.as_view()),
    path("members/<uuid:pk>/activity", member.MemberActivityView.as_view()),
    path("trade", trade.TradeView.as_view()),
    path("trade/evidence", trade.EvidenceView.as_view()),
]
