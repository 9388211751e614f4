"""Rows of the words of consultants, and of their snippets."""

from tests.access.keys import of_consultancy, of_finished, of_finished_domain, of_own_step, of_snippet
from tests.access.rows.row import Row, page
from tests.personas import AT_CONSULTANCY

TYPED = {"title": "A visit", "text": "Half a day.", "version": "0"}
SNIPPETS = "look_after_clients"

WORDS = (
    Row("consultant_words", of_finished, read="view_assessments"),
    # 409: somebody saved it since.
    page("consultant_summary", of_finished, "review", data=TYPED, post=(302, 409)),
    page("consultant_domain", of_finished_domain, "review", data=TYPED, post=(302, 409)),
    page("consultant_step_add", of_finished, "review", data=TYPED),
    page("consultant_step", of_own_step, "review", data=TYPED, post=(302, 409)),
    page("consultant_step_remove", of_own_step, "review"),
    Row("snippets", of_consultancy, read="see_clients", standings=AT_CONSULTANCY),
    page("snippet_add", of_consultancy, SNIPPETS, standings=AT_CONSULTANCY),
    page("snippet_edit", of_snippet, SNIPPETS, standings=AT_CONSULTANCY),
    page("snippet_remove", of_snippet, SNIPPETS, standings=AT_CONSULTANCY),
)
