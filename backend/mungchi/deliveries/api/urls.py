from django.urls import path

from mungchi.deliveries.api import views

urlpatterns = [
    path("shipments", views.ShipmentsView.as_view()),
    path("shipments/bulk", views.BulkShipmentsView.as_view()),
    path("shipments/<uuid:pk>/receive", views.ReceiveShipmentView.as_view()),
]
