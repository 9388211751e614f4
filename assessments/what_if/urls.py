from django.urls import URLPattern, path

from assessments.what_if import views

urlpatterns: list[URLPattern] = [
    path("assessments/<uuid:pk>/result/what-if/", views.what_if_steps, name="what_if"),
    path("assessments/<uuid:pk>/result/what-matters/", views.what_matters, name="what_matters"),
]
