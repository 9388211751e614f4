"""Publishing and files; the pages on which a draft is written have their own."""

from django.urls import URLPattern, path

from assessments.editor.views import files, publishing

urlpatterns: list[URLPattern] = [
    path("import/", files.upload, name="bank_import"),
    path("<str:edition>/import/<uuid:pk>/", files.dry_run, name="bank_dry_run"),
    path("<str:edition>/export/<slug:kind>/", files.export_edition, name="bank_export"),
    path("<str:edition>/publish/", publishing.publish_page, name="bank_publish"),
]
