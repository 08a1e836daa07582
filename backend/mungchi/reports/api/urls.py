from django.urls import path

from mungchi.reports.api import disputes, member, savings, trade, trail, views

urlpatterns = [
    path("reports/assembly", views.AssemblyView.as_view()),
    path("reports/savings", savings.SavingsView.as_view()),
    path("reports/savings/lines", savings.SavingsLinesView.as_view()),
    path("members/<uuid:pk>/activity", member.MemberActivityView.as_view()),
    path("campaigns/<uuid:pk>/history", trail.CampaignTrailView.as_view()),
    path("orders/<uuid:pk>/history", trail.OrderTrailView.as_view()),
    path("members/<uuid:pk>/history", trail.MemberTrailView.as_view()),
    path("firm/history", trail.FirmTrailView.as_view()),
    path("cooperative/history", trail.CooperativeTrailView.as_view()),
    path("cooperative/history/file", trail.TrailFileView.as_view()),
    path("disputes/<uuid:pk>/evidence", disputes.DisputeEvidenceView.as_view()),
    path("disputes/<uuid:pk>/evidence-file", disputes.DisputeEvidenceFileView.as_view()),
    path("trade", trade.TradeView.as_view()),
    path("trade/evidence", trade.EvidenceView.as_view()),
]
