"""Every URL of the site, app by app."""

from django.contrib import admin
from django.urls import include, path

handler403 = "accounts.refused.pages.forbidden"
handler404 = "accounts.refused.pages.not_found"
# django-allauth asks for this one.
handler429 = "accounts.refused.pages.too_many"
handler500 = "accounts.refused.pages.failed"

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("assessments.urls")),
    path("", include("reports.urls")),
    path("account/", include("accounts.sign_in.urls")),
    path("admin/", admin.site.urls),
]
