from django.urls import path

from mungchi.orders.api import less, members, views

urlpatterns = [
    path("orders", views.OrdersView.as_view()),
    path("orders/<uuid:pk>", views.OrderView.as_view()),
    path("members/<uuid:pk>/running", members.RunningView.as_view()),
    path("members/<uuid:pk>/leave", members.LeaveCooperativeView.as_view()),
    path("memberships/<uuid:pk>/leaving", members.LeavingView.as_view()),
    path("memberships/<uuid:pk>/leave", members.LeaveView.as_view()),
    path("purchase-orders", views.PurchaseOrdersView.as_view()),
    path("purchase-orders/<uuid:pk>", views.PurchaseOrderView.as_view()),
    path("purchase-orders/<uuid:pk>/lines", views.PurchaseOrderLinesView.as_view()),
    path("purchase-orders/<uuid:pk>/confirm", views.ConfirmPurchaseOrderView.as_view()),
    path("purchase-orders/<uuid:pk>/refuse", views.RefusePurchaseOrderView.as_view()),
    path("purchase-orders/<uuid:pk>/confirm-less", less.ConfirmLessView.as_view()),
    path("campaigns/<uuid:pk>/confirmed-less", less.LessOutlookView.as_view()),
    path("confirmed-less/<uuid:pk>/decide", less.DecideLessView.as_view()),
]
