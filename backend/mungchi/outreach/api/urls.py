from django.urls import path

from mungchi.outreach.api import contacts, directory, introductions, seeking

urlpatterns = [
    path("directory", directory.DirectoryView.as_view()),
    path("listings", directory.ListingsView.as_view()),
    path("listings/<uuid:pk>", directory.ListingView.as_view()),
    path("listings/<uuid:pk>/withdraw", directory.WithdrawListingView.as_view()),
    path("listings/<uuid:pk>/show", directory.ShowListingView.as_view()),
    path("listings/<uuid:pk>/campaign", directory.ListingCampaignView.as_view()),
    path("introductions", introductions.IntroductionsView.as_view()),
    path("introductions/office", introductions.OfficeIntroductionsView.as_view()),
    path("introductions/<uuid:pk>", introductions.IntroductionView.as_view()),
    path("introductions/<uuid:pk>/accept", introductions.AcceptIntroductionView.as_view()),
    path("introductions/<uuid:pk>/decline", introductions.DeclineIntroductionView.as_view()),
    path("introductions/<uuid:pk>/withdraw", introductions.WithdrawIntroductionView.as_view()),
    path("introductions/<uuid:pk>/outcome", introductions.IntroductionOutcomeView.as_view()),
    path("introductions/<uuid:pk>/follow-up", introductions.IntroductionFollowUpView.as_view()),
    path("left-out", seeking.LeftOutView.as_view()),
    path("left-out/summary", seeking.LeftOutSummaryView.as_view()),
    path("left-out/<uuid:pk>", seeking.MemberOutreachView.as_view()),
    path("left-out/<uuid:pk>/campaign", seeking.SuggestCampaignView.as_view()),
    path("left-out/<uuid:pk>/pool", seeking.SuggestPoolView.as_view()),
    path("left-out/<uuid:pk>/needs", seeking.AskNeedsView.as_view()),
    path("left-out/<uuid:pk>/introduce", seeking.IntroduceMemberView.as_view()),
    path("contacts", contacts.ContactsView.as_view()),
    path("contacts/<uuid:pk>", contacts.ContactView.as_view()),
    path("proposals", contacts.ProposalsView.as_view()),
    path("proposals/<uuid:pk>/answer", contacts.AnswerProposalView.as_view()),
    path("wishes", contacts.WishesView.as_view()),
    path("wishes/<uuid:pk>", contacts.LeftAloneView.as_view()),
]
