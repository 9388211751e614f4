"""Publishing and files; the pages on which a draft is written have their own."""

from django.urls import URLPattern, path

from assessments.editor.views import publishing

urlpatterns: list[URLPattern] = [
    path("<str:edition>/publish/", publishing.publish, name="bank_publish"),
]
