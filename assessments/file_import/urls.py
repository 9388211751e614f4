from django.urls import URLPattern, URLResolver, path

from assessments.file_import import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("organisations/<uuid:pk>/from-file/", views.go_on_from_file, name="go_on_from_file"),
]
