from django.urls import URLPattern, path

from assessments.time_plan import views

urlpatterns: list[URLPattern] = [
    path("assessments/<uuid:pk>/result/in-time/", views.steps_in_time, name="steps_in_time"),
]
