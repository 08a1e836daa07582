from django.urls import path

from mungchi.accounts.api import views

urlpatterns = [
    path("me", views.MeView.as_view()),
    path("firms", views.FirmsView.as_view()),
    path("cooperatives", views.CooperativesView.as_view()),
    path("members", views.MembersView.as_view()),
    path("members/<uuid:pk>/admit", views.AdmitMemberView.as_view()),
    path("members/<uuid:pk>/suspend", views.SuspendMemberView.as_view()),
    path("divisions", views.DivisionsView.as_view()),
    path("suppliers", views.SuppliersView.as_view()),
]
