from django.urls import URLPattern, URLResolver, include, path

from assessments.views import answers, assignments, comments, offers, public, results, reviews, runs, scope

urlpatterns: list[URLPattern | URLResolver] = [
    path("bank/", include("assessments.editor.publishing_urls")),
    path("bank/", include("assessments.editor.urls")),
    path("", public.landing, name="landing"),
    path("coverage/", public.coverage, name="coverage"),
    path("home/", runs.home, name="home"),
    path("my-questions/", assignments.my_questions, name="my_questions"),
    path("organisations/<uuid:pk>/", runs.organisation, name="organisation"),
    path("organisations/<uuid:pk>/start/", runs.start, name="start"),
    path("assessments/<uuid:pk>/", runs.assessment, name="assessment"),
    path("assessments/<uuid:pk>/scope/", scope.scope, name="scope"),
    path("assessments/<uuid:pk>/scope/<slug:screen>/", scope.scope_screen, name="scope_screen"),
    path("assessments/<uuid:pk>/depth/", scope.depth, name="depth"),
    path("assessments/<uuid:pk>/domains/<slug:code>/", answers.domain, name="domain"),
    path("assessments/<uuid:pk>/answers/<slug:question>/", answers.answer, name="answer"),
    path("assessments/<uuid:pk>/domains/<slug:code>/agree/", reviews.agree_all, name="agree_all"),
    path("assessments/<uuid:pk>/reviews/<slug:question>/", reviews.review, name="review"),
    path("assessments/<uuid:pk>/comments/", comments.comments, name="comments"),
    path("assessments/<uuid:pk>/comments/<slug:question>/", comments.comment, name="comment"),
    path("assessments/<uuid:pk>/comments/<int:comment>/change/", comments.comment_change, name="comment_change"),
    path("assessments/<uuid:pk>/assign/", assignments.assign, name="assign"),
    path("assessments/<uuid:pk>/check/", runs.check, name="check"),
    path("assessments/<uuid:pk>/submit/", runs.submit_run, name="submit"),
    path("assessments/<uuid:pk>/edition/", offers.offered_edition, name="offered_edition"),
    path("assessments/<uuid:pk>/again/", runs.again, name="again"),
    path("assessments/<uuid:pk>/delete/", runs.delete, name="delete"),
    path("assessments/<uuid:pk>/result/", results.result, name="result"),
    path("assessments/<uuid:pk>/result/computed/", results.computed, name="computed"),
    path("assessments/<uuid:pk>/result/rescored/", offers.rescored, name="rescored"),
]
