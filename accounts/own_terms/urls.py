from django.urls import URLPattern, URLResolver, path

from accounts.own_terms.views import organisation_terms

urlpatterns: list[URLPattern | URLResolver] = [
    path("organisations/<uuid:pk>/terms/", organisation_terms, name="organisation_terms"),
]
