from django.urls import URLPattern, path

from reports.queue_figures import views

urlpatterns: list[URLPattern] = [path("report-queue/", views.report_queue, name="report_queue")]
