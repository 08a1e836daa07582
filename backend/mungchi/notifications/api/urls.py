from django.urls import path

from mungchi.notifications.api import calendar, choices, views

urlpatterns = [
    path("notifications", views.NotificationsView.as_view()),
    path("notifications/unread", views.UnreadView.as_view()),
    path("notifications/read", views.ReadView.as_view()),
    path("notifications/choices", choices.ChoicesView.as_view()),
    path("notifications/mailbox", choices.MailboxView.as_view()),
    path("calendar", calendar.CalendarView.as_view()),
    path("calendar.ics", calendar.FeedView.as_view()),
    path("unsubscribe", choices.UnsubscribeView.as_view()),
    path("desk", views.DeskView.as_view()),
]
