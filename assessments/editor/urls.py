from django.urls import URLPattern, URLResolver, path

from assessments.editor.views import domains, editions, questions, registry

urlpatterns: list[URLPattern | URLResolver] = [
    path("", editions.editions, name="bank_editions"),
    path("<str:edition>/", editions.edition, name="bank_edition"),
    path("<str:edition>/copy/", editions.copy, name="bank_copy"),
    path("<str:edition>/about/", editions.edition_about, name="bank_about"),
    path("<str:edition>/history/", editions.history, name="bank_history"),
    path("<str:edition>/discard/", editions.discard, name="bank_discard"),
    path("<str:edition>/new-domain/", domains.domain_add, name="bank_domain_add"),
    path("<str:edition>/domains/<slug:code>/", domains.edition_domain, name="bank_domain"),
    path("<str:edition>/domains/<slug:code>/move/", domains.domain_move, name="bank_domain_move"),
    path("<str:edition>/domains/<slug:code>/remove/", domains.domain_remove, name="bank_domain_remove"),
    path("<str:edition>/domains/<slug:code>/new-question/", questions.question_add, name="bank_question_add"),
    path("<str:edition>/questions/", editions.questions, name="bank_questions"),
    path("<str:edition>/questions/<slug:code>/", questions.question, name="bank_question"),
    path("<str:edition>/questions/<slug:code>/move/", questions.question_move, name="bank_question_move"),
    path("<str:edition>/questions/<slug:code>/domain/", questions.question_domain, name="bank_question_domain"),
    path("<str:edition>/questions/<slug:code>/retire/", questions.question_retire, name="bank_question_retire"),
    path("<str:edition>/questions/<slug:code>/history/", questions.question_history, name="bank_question_history"),
    path("<str:edition>/questions/<slug:code>/undo/<int:change>/", questions.question_undo, name="bank_question_undo"),
    path("<str:edition>/citations/", registry.citations, name="bank_citations"),
    path("<str:edition>/new-citation/", registry.citation_add, name="bank_citation_add"),
    path("<str:edition>/citations/<int:pk>/", registry.citation, name="bank_citation"),
    path("<str:edition>/citations/<int:pk>/remove/", registry.citation_remove, name="bank_citation_remove"),
    path("<str:edition>/checklist/", registry.checklist, name="bank_checklist"),
    path("<str:edition>/new-item/", registry.item_add, name="bank_item_add"),
    path("<str:edition>/checklist/<slug:code>/", registry.item, name="bank_item"),
    path("<str:edition>/checklist/<slug:code>/move/", registry.item_move, name="bank_item_move"),
    path("<str:edition>/checklist/<slug:code>/remove/", registry.item_remove, name="bank_item_remove"),
]
