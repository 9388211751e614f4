"""The note on laws: one dated sheet, and the answer to the question that asks for it, once somebody confirms it."""

import pytest
from django.test import Client

from accounts.models import Role, User
from assessments.bank.types import Depth, Edition
from assessments.laws.note import ASKS_FOR_THE_NOTE, WITH_THE_NOTE
from assessments.models import Answer, Assessment
from assessments.services.runs import choose_depth, save_scope
from tests.factories import member
from tests.pages import links, parse, sends, text_of
from tests.runs import finish, give
from tests.scope_facts import NOT_SURE, facts_of

pytestmark = pytest.mark.django_db
LABEL = "Use this note as our answer"


def note(client: Client, run: Assessment) -> str:
    return f"/organisations/{run.organisation_id}/laws/note/"


def stored(run: Assessment) -> Answer | None:
    return Answer.objects.filter(assessment=run, question=ASKS_FOR_THE_NOTE).first()


def test_the_question_asks_for_a_dated_list_with_reasons(edition: Edition) -> None:
    asked = edition.question[ASKS_FOR_THE_NOTE]
    assert "list of the privacy and AI laws that apply" in asked.text
    assert "dated" in asked.levels[WITH_THE_NOTE]
    assert "why it applies" in asked.levels[WITH_THE_NOTE]


def test_each_law_stands_on_the_note_with_what_the_business_said(run: Assessment, signed_in: Client) -> None:
    page = parse(signed_in.get(note(signed_in, run)))
    shown = text_of(page)
    assert "Boulangerie Lumière , France" in shown or "Boulangerie Lumière, France" in shown
    assert "EU GDPR Yes. From our answers:" in shown
    assert "the CNIL" in shown
    assert "UK GDPR Probably not. From our answers:" in shown
    assert "Read through and corrected by:" in shown


def test_american_businesses_get_letter_paper(run: Assessment, edition: Edition, signed_in: Client) -> None:
    assert "note-sheet--letter" not in signed_in.get(note(signed_in, run)).content.decode()
    facts = facts_of(edition, country="us_tx", california=NOT_SURE)
    save_scope(assessment=run, edition=edition, given=facts, seen_version=run.scope_version)
    response = signed_in.get(note(signed_in, run))
    assert "note-sheet--letter" in response.content.decode()
    assert "To be checked: if you hold data about people who live in California" in text_of(parse(response))
    assert "Also to look up in Texas" in text_of(parse(response))


def test_before_the_facts_are_known_there_is_no_note(owner: User, signed_in: Client) -> None:
    organisation = owner.memberships.get().organisation
    assert "We do not know yet" in text_of(parse(signed_in.get(f"/organisations/{organisation.pk}/laws/note/")))


def test_looking_changes_nothing_and_confirming_saves_level_and_proof(run: Assessment, signed_in: Client) -> None:
    give(run, ASKS_FOR_THE_NOTE, 1, evidence="A folder", note="Ask Zoé")
    url = links(parse(signed_in.get(note(signed_in, run))))[LABEL]
    page = parse(signed_in.get(url))
    assert "We have a rough idea of the laws" in text_of(page)
    before = stored(run)
    assert before is not None
    assert (before.level, before.evidence) == (1, "A folder")
    response = signed_in.post(url, sends(page))
    assert response["Location"].endswith(f"#{ASKS_FOR_THE_NOTE}")
    after = stored(run)
    assert after is not None
    assert (after.level, after.note) == (WITH_THE_NOTE, "Ask Zoé")
    assert after.evidence.startswith("A folder\nNote “Which rules apply to us” of")


def test_confirming_keeps_a_note_out_of_the_report_that_was_kept_out(run: Assessment, signed_in: Client) -> None:
    give(run, ASKS_FOR_THE_NOTE, 1, note="For us alone", note_left_out=True)
    address = f"/assessments/{run.pk}/laws-answer/"
    signed_in.post(address, sends(parse(signed_in.get(address))))
    row = stored(run)
    assert row is not None
    assert (row.level, row.note, row.note_left_out) == (WITH_THE_NOTE, "For us alone", True)


def test_a_better_answer_is_left_alone(run: Assessment, signed_in: Client) -> None:
    give(run, ASKS_FOR_THE_NOTE, 4)
    url = f"/assessments/{run.pk}/laws-answer/"
    assert "There is nothing to change" in text_of(parse(signed_in.get(url)))
    signed_in.post(url, {"version": "1"})
    answer = stored(run)
    assert answer is not None
    assert answer.level == 4


def test_an_answer_that_changed_meanwhile_is_not_overwritten(run: Assessment, signed_in: Client) -> None:
    url = f"/assessments/{run.pk}/laws-answer/"
    sent = sends(parse(signed_in.get(url)))
    give(run, ASKS_FOR_THE_NOTE, 2)
    response = signed_in.post(url, sent)
    assert response.status_code == 409
    assert "Somebody answered this question while the page was open" in text_of(parse(response))
    answer = stored(run)
    assert answer is not None
    assert answer.level == 2


def test_the_note_is_no_answer_where_nobody_asks_or_may_answer(run: Assessment, client: Client, owner: User) -> None:
    client.force_login(member(run.organisation, Role.VIEWER))
    assert LABEL not in links(parse(client.get(note(client, run))))
    client.force_login(owner)
    choose_depth(assessment=run, depth=Depth.QUICK)
    assert LABEL not in links(parse(client.get(note(client, run))))
    choose_depth(assessment=run, depth=Depth.STANDARD)
    finish(run)
    assert LABEL not in links(parse(client.get(note(client, run))))
