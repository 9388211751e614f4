from django.urls import URLPattern, path

from assessments.since import views

urlpatterns: list[URLPattern] = [
    path("organisations/<uuid:pk>/since/", views.results_since, name="results_since"),
    path("organisations/<uuid:pk>/trend/", views.results_trend, name="results_trend"),
]
