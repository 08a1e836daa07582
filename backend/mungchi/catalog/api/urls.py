from django.urls import path

from mungchi.catalog.api import views

urlpatterns = [
    path("items", views.ItemsView.as_view()),
    path("cooperative/items", views.OwnItemsView.as_view()),
    path("cooperative/items/categories", views.FileItemsView.as_view()),
    path("cooperative/items/<uuid:pk>", views.OwnItemView.as_view()),
    path("categories", views.CategoriesView.as_view()),
    path("units", views.UnitsView.as_view()),
]
