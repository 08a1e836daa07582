from django.urls import path

from mungchi.accounts.api import office, partners, platform, views

urlpatterns = [
    path("me", views.MeView.as_view()),
    path("firms", views.FirmsView.as_view()),
    path("cooperatives", views.CooperativesView.as_view()),
    path("cooperative", office.OwnCooperativeView.as_view()),
    path("cooperative/account", office.AccountView.as_view()),
    path("account-changes/<uuid:pk>/confirm", office.ConfirmAccountView.as_view()),
    path("account-changes/<uuid:pk>/decline", office.DeclineAccountView.as_view()),
    path("cooperative/leave", office.LeaveView.as_view()),
    path("cooperative/history", office.OwnHistoryView.as_view()),
    path("partners", partners.PartnersView.as_view()),
    path("partnerships", partners.PartnershipsView.as_view()),
    path("partnerships/<uuid:pk>/accept", partners.AcceptPartnershipView.as_view()),
    path("partnerships/<uuid:pk>/decline", partners.DeclinePartnershipView.as_view()),
    path("partnerships/<uuid:pk>/withdraw", partners.WithdrawPartnershipView.as_view()),
    path("partnerships/<uuid:pk>/end", partners.EndPartnershipView.as_view()),
    path("cooperative-applications", platform.ApplicationsView.as_view()),
    path("platform/cooperatives", platform.AllCooperativesView.as_view()),
    path("platform/cooperatives/<uuid:pk>", platform.OneCooperativeView.as_view()),
    path("platform/cooperatives/<uuid:pk>/history", platform.HistoryOfOneView.as_view()),
    path("platform/cooperatives/<uuid:pk>/admit", platform.AdmitCooperativeView.as_view()),
    path("platform/cooperatives/<uuid:pk>/refuse", platform.RefuseCooperativeView.as_view()),
    path("platform/cooperatives/<uuid:pk>/suspend", platform.SuspendCooperativeView.as_view()),
    path("members", views.MembersView.as_view()),
    path("members/<uuid:pk>/admit", views.AdmitMemberView.as_view()),
    path("members/<uuid:pk>/suspend", views.SuspendMemberView.as_view()),
    path("divisions", views.DivisionsView.as_view()),
    path("suppliers", views.SuppliersView.as_view()),
]
