from django.urls import path

from mungchi.deliveries.api import claims, collecting, views

urlpatterns = [
    path("shipments", views.ShipmentsView.as_view()),
    path("shipments/bulk", views.BulkShipmentsView.as_view()),
    path("shipments/<uuid:pk>/receive", views.ReceiveShipmentView.as_view()),
    path("orders/<uuid:pk>/claimable", claims.ClaimableView.as_view()),
    path("claims", claims.ClaimsView.as_view()),
    path("claims/<uuid:pk>", claims.ClaimView.as_view()),
    path("claims/<uuid:pk>/answer", claims.AnswerClaimView.as_view()),
    path("claims/<uuid:pk>/reply", claims.ReplyToAnswerView.as_view()),
    path("claims/<uuid:pk>/decide", claims.DecideClaimView.as_view()),
    path("claims/<uuid:pk>/refund-instead", claims.RefundInsteadView.as_view()),
    path("claims/<uuid:pk>/withdraw", claims.WithdrawClaimView.as_view()),
    path("claims/<uuid:pk>/words", claims.ClaimWordsView.as_view()),
    path("claims/<uuid:pk>/replacement", claims.ReplaceClaimView.as_view()),
    path("claims/<uuid:pk>/photos", claims.ClaimPhotosView.as_view()),
    path("claim-photos/<uuid:pk>", claims.ClaimPhotoView.as_view()),
    path("claim-rules", claims.ClaimRulesView.as_view()),
    path("pickup-points", collecting.PointsView.as_view()),
    path("pickup-points/<uuid:pk>", collecting.PointView.as_view()),
    path("pickup-points/<uuid:pk>/close", collecting.ClosePointView.as_view()),
    path("collections", collecting.CollectionsView.as_view()),
    path("collections/<uuid:pk>", collecting.CollectionView.as_view()),
]
