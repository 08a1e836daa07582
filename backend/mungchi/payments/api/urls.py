from django.urls import path

from mungchi.payments.api import views

urlpatterns = [
    path("payments", views.PaymentsView.as_view()),
    path("payments/<uuid:pk>", views.PaymentView.as_view()),
    path("payments/<uuid:pk>/confirm", views.ConfirmPaymentView.as_view()),
    path("payments/<uuid:pk>/undo-confirm", views.UndoConfirmationView.as_view()),
    path("payments/<uuid:pk>/refund-sent", views.RefundSentView.as_view()),
]
