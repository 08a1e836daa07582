from django.urls import path

from mungchi.deliveries.api import collecting, views

urlpatterns = [
    path("shipments", views.ShipmentsView.as_view()),
    path("shipments/bulk", views.BulkShipmentsView.as_view()),
    path("shipments/<uuid:pk>/receive", views.ReceiveShipmentView.as_view()),
    path("pickup-points", collecting.PointsView.as_view()),
    path("pickup-points/<uuid:pk>", collecting.PointView.as_view()),
    path("pickup-points/<uuid:pk>/close", collecting.ClosePointView.as_view()),
    path("collections", collecting.CollectionsView.as_view()),
    path("collections/<uuid:pk>", collecting.CollectionView.as_view()),
]
