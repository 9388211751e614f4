from django.urls import URLPattern, URLResolver, include, path

from reports import views
from reports.bundles import views as bundles
from reports.data_exports import views as exports
from reports.formats.data_file.schema import SCHEMA_PATH

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("reports.landing.urls")),
    path("", include("reports.operator.urls")),
    path("", include("reports.signing.urls")),
    path("", include("reports.queue_figures.urls")),
    path("", include("reports.site_status.urls")),
    path("", include("reports.share_links.urls")),
    path("", include("reports.consultant_words.urls")),
    path("", include("reports.portfolio.urls")),
    path("assessments/<uuid:pk>/report/", views.ask, name="report_request"),
    path("assessments/<uuid:pk>/report/cancel/", views.cancel, name="report_cancel"),
    path("reports/<uuid:pk>/", views.status, name="report"),
    path("reports/<uuid:pk>/download/", views.download, name="report_download"),
    path("reports/<uuid:pk>/retry/", views.retry, name="report_retry"),
    path(SCHEMA_PATH, views.report_schema, name="report_schema"),
    path("consultancies/<uuid:pk>/bundles/", bundles.bundles, name="bundle_request"),
    path("bundles/<uuid:pk>/", bundles.bundle_status, name="bundle"),
    path("settings/data/", exports.own_data, name="own_data"),
    path("organisations/<uuid:pk>/data/", exports.organisation_data, name="organisation_data"),
    path("data/<uuid:pk>/", exports.data_export, name="data_export"),
    path("data/<uuid:pk>/download/", exports.data_export_download, name="data_export_download"),
    path("bundles/<uuid:pk>/download/", bundles.bundle_download, name="bundle_download"),
]
