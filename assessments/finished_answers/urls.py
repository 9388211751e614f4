from django.urls import URLPattern, path

from assessments.finished_answers import views

urlpatterns: list[URLPattern] = [
    path("assessments/<uuid:pk>/result/answers/", views.result_answers, name="result_answers"),
]
