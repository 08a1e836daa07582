from django.urls import path

from mungchi.catalog.api import item_files, merging, units, variants, views

urlpatterns = [
    path("items", views.ItemsView.as_view()),
    path("items/like", views.ItemsLikeView.as_view()),
    path("items/<uuid:pk>/units", units.ItemUnitsView.as_view()),
    path("items/<uuid:pk>/files", item_files.ItemFilesView.as_view()),
    path("item-files/<uuid:pk>", item_files.ItemFileView.as_view()),
    path("item-files/<uuid:pk>/content", item_files.ItemFileContentView.as_view()),
    path("items/<uuid:pk>/variants", variants.ItemVariantsView.as_view()),
    path("cooperative/items", views.OwnItemsView.as_view()),
    path("cooperative/items/categories", views.FileItemsView.as_view()),
    path("cooperative/items/<uuid:pk>", views.OwnItemView.as_view()),
    path("categories", views.CategoriesView.as_view()),
    path("look-alikes", merging.LookAlikesView.as_view()),
    path("look-alikes/<uuid:pk>/set-apart", merging.SetApartView.as_view()),
    path("look-alikes/<uuid:pk>/take-back", merging.TakeBackView.as_view()),
    path("item-merges", merging.MergesView.as_view()),
    path("item-merges/<uuid:pk>/undo", merging.UndoMergeView.as_view()),
    path("item-aliases", merging.AliasesView.as_view()),
    path("item-aliases/<uuid:pk>", merging.AliasView.as_view()),
    path("units", views.UnitsView.as_view()),
]
