from django.urls import path

from mungchi.demand.api import imports, interests, planning, proposing, views

urlpatterns = [
    path("imports", imports.ImportsView.as_view()),
    path("imports/<uuid:pk>", imports.ImportView.as_view()),
    path("imports/<uuid:pk>/start", imports.StartImportView.as_view()),
    path("imports/<uuid:pk>/rejections", imports.RejectionsView.as_view()),
    path("purchases", views.PurchasesView.as_view()),
    path("needs", views.NeedsView.as_view()),
    path("needs/last-time", planning.LastTimeView.as_view()),
    path("need-plans", planning.NeedPlansView.as_view()),
    path("need-plans/<uuid:pk>", planning.NeedPlanView.as_view()),
    path("need-plans/<uuid:pk>/skip", planning.SkipNextView.as_view()),
    path("need-plans/<uuid:pk>/stop", planning.StopPlanView.as_view()),
    path("need-plans/<uuid:pk>/resume", planning.ResumePlanView.as_view()),
    path("needs/<uuid:pk>", views.NeedView.as_view()),
    path("needs/<uuid:pk>/withdraw", views.WithdrawNeedView.as_view()),
    path("needs/<uuid:pk>/reopen", views.ReopenNeedView.as_view()),
    path("firm/categories", interests.CategoriesBoughtView.as_view()),
    path("proposed-needs", proposing.ProposedNeedsView.as_view()),
    path("proposed-needs/<uuid:pk>/accept", proposing.AcceptProposalView.as_view()),
    path("proposed-needs/<uuid:pk>/dismiss", proposing.DismissProposalView.as_view()),
    path("proposed-needs/<uuid:pk>/restore", proposing.RestoreProposalView.as_view()),
    path("foretold", proposing.ForetoldView.as_view()),
    path("foretold/<uuid:pk>", proposing.ForetoldItemView.as_view()),
    path("foretold/<uuid:pk>/ask", proposing.AskMembersView.as_view()),
    path("pools", views.PoolsView.as_view()),
    path("pools/<uuid:pk>", views.PoolView.as_view()),
]
