from django.urls import path

from mungchi.accounts.api import security_views, views

urlpatterns = [
    path("me", views.MeView.as_view()),
    path("firms", views.FirmsView.as_view()),
    path("cooperatives", views.CooperativesView.as_view()),
    path("members", views.MembersView.as_view()),
    path("members/<uuid:pk>/admit", views.AdmitMemberView.as_view()),
    path("members/<uuid:pk>/suspend", views.SuspendMemberView.as_view()),
    path("divisions", views.DivisionsView.as_view()),
    path("suppliers", views.SuppliersView.as_view()),
    path("sessions", security_views.SessionsView.as_view()),
    path("sessions/end-others", security_views.OtherSessionsView.as_view()),
    path("sessions/<uuid:pk>", security_views.SessionView.as_view()),
    path("keys", security_views.KeysView.as_view()),
    path("keys/<uuid:pk>/revoke", security_views.RevokeKeyView.as_view()),
    path("second-factor/reset", security_views.ResetFactorView.as_view()),
    path("permissions", security_views.PermissionsView.as_view()),
]
