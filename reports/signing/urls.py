from django.urls import URLPattern, URLResolver, path

from reports.signing import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/<uuid:pk>/signed/", views.signed_report, name="signed_report"),
    path("verify/", views.verify, name="verify"),
    path(".well-known/evenkeel-signing-keys.json", views.signing_keys, name="signing_keys"),
]
