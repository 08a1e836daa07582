from django.urls import path

from mungchi.accounts.api import members, people, views

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
    path("members", members.MembersView.as_view()),
    path("members/<uuid:pk>", members.MemberView.as_view()),
    path("members/<uuid:pk>/admit", members.AdmitMemberView.as_view()),
    path("members/<uuid:pk>/decline", members.DeclineApplicationView.as_view()),
    path("members/<uuid:pk>/suspend", members.SuspendMemberView.as_view()),
    path("members/<uuid:pk>/invite", members.InviteMemberView.as_view()),
    path("members/<uuid:pk>/withdraw-invitation", members.WithdrawMemberInvitationView.as_view()),
    path("memberships", members.MembershipsView.as_view()),
    path("memberships/<uuid:pk>/accept", members.AcceptMembershipView.as_view()),
    path("memberships/<uuid:pk>/decline", members.DeclineMembershipView.as_view()),
    path("divisions", members.DivisionsView.as_view()),
    path("divisions/<uuid:pk>", members.DivisionView.as_view()),
    path("divisions/<uuid:pk>/remove", members.RemoveDivisionView.as_view()),
    path("suppliers", views.SuppliersView.as_view()),
]
