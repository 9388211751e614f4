from django.urls import URLPattern, path

from reports.site_status import views

urlpatterns: list[URLPattern] = [path("site-status/", views.site_status, name="site_status")]
