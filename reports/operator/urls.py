from django.urls import URLPattern, URLResolver, path

from reports.operator import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("privacy/", views.privacy, name="privacy"),
    path("operator/", views.who_runs_this, name="operator"),
    path("processor-terms/", views.processor_terms, name="processor_terms"),
    path(".well-known/security.txt", views.security_contact, name="security_txt"),
]
