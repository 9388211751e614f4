"""Publishing, offering and files; the pages on which a draft is written have their own."""

from django.urls import URLPattern, path

from assessments.editor.views import files, offers, publishing

urlpatterns: list[URLPattern] = [
    path("import/", files.upload, name="bank_import"),
    path("default-bank/", offers.default_banks, name="bank_default"),
    path("default-bank/<slug:bank>/", offers.default_bank_change, name="bank_default_change"),
    path("<str:edition>/import/<uuid:pk>/", files.dry_run, name="bank_dry_run"),
    path("<str:edition>/export/<slug:kind>/", files.export_edition, name="bank_export"),
    path("<str:edition>/publish/", publishing.publish_page, name="bank_publish"),
    path("<str:edition>/publish/request/", offers.publish_request, name="bank_publish_request"),
    path("<str:edition>/offer/", offers.offer, name="bank_offer"),
    path("<str:edition>/withdraw/", offers.withdraw, name="bank_withdraw"),
]
