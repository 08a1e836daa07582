from django.urls import path

from mungchi.reports.api import views

urlpatterns = [path("reports/assembly", views.AssemblyView.as_view())]
