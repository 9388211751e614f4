from django.urls import URLPattern, URLResolver, path

from reports.landing import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.landing, name="landing"),
    path("sample-report/", views.show_sample_report, name="sample_report"),
]
