from django.urls import URLPattern, path

from assessments.standing import views

urlpatterns: list[URLPattern] = [
    path("organisations/<uuid:pk>/again/", views.answered_again, name="answered_again"),
    path("organisations/<uuid:pk>/again/<slug:question>/", views.question_again, name="question_again"),
    path("organisations/<uuid:pk>/again/<slug:question>/undo/", views.undo_again, name="question_again_undo"),
    path("organisations/<uuid:pk>/interim/", views.interim_result, name="interim_result"),
]
