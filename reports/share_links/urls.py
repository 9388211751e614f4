from django.urls import URLPattern, path

from reports.share_links import views, visitor_views

urlpatterns: list[URLPattern] = [
    path("reports/<uuid:pk>/links/", views.report_links, name="report_links"),
    path("organisations/<uuid:pk>/links/", views.share_links, name="share_links"),
    path("organisations/<uuid:pk>/links/<uuid:link>/revoke/", views.share_link_revoke, name="share_link_revoke"),
    path("shared/<slug:key>/", visitor_views.shared_report, name="shared_report"),
    path("shared/<slug:key>/download/", visitor_views.shared_report_download, name="shared_report_download"),
]
