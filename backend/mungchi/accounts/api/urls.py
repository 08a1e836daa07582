from django.urls import path

from mungchi.accounts.api import people, views

urlpatterns = [
    path("me", views.MeView.as_view()),
    path("me/seats/<uuid:pk>/leave", people.LeaveSeatView.as_view()),
    path("people", people.PeopleView.as_view()),
    path("people/<uuid:pk>", people.PersonView.as_view()),
    path("people/<uuid:pk>/hand-over", people.HandOverView.as_view()),
    path("seat-invitations", people.SeatInvitationsView.as_view()),
    path("seat-invitations/<uuid:pk>/resend", people.ResendInvitationView.as_view()),
    path("seat-invitations/<uuid:pk>/revoke", people.RevokeInvitationView.as_view()),
    path("invitation", people.OfferedSeatView.as_view()),
    path("invitation/accept", people.AcceptInvitationView.as_view()),
    path("firms", views.FirmsView.as_view()),
    path("cooperatives", views.CooperativesView.as_view()),
    path("members", views.MembersView.as_view()),
    path("members/<uuid:pk>/admit", views.AdmitMemberView.as_view()),
    path("members/<uuid:pk>/suspend", views.SuspendMemberView.as_view()),
    path("divisions", views.DivisionsView.as_view()),
    path("suppliers", views.SuppliersView.as_view()),
]
