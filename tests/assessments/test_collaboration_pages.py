"""What people who work together see and send: the overview, the domain page, my questions, the check and the result."""

import re
from html import escape

import pytest
from django.conf import LazySettings
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import AccessLevel, Role, User
from assessments.models import Assessment, Assignment, Comment
from tests.assessments.collaboration_pages import as_person, domain_page, names, send_comment, thread
from tests.collaboration import QUESTION, assigned, colleague, commented, consultant, reviewed
from tests.factories import MembershipFactory, OrganisationFactory, member
from tests.pages import by_id, controls, links, of_class, parse, sends, text_of
from tests.runs import asked_questions, finish, give, scoped_run

pytestmark = pytest.mark.django_db


def test_a_person_alone_is_asked_for_nothing(run: Assessment, signed_in: Client) -> None:
    give(run, QUESTION, 2)
    overview = parse(signed_in.get(f"/assessments/{run.pk}/"))
    assert "Share the work" not in text_of(overview)
    page = domain_page(signed_in, run)
    assert "Assigned to" not in text_of(page)
    assert "Review" not in text_of(page)
    assert "Disputed" not in links(page)
    assert thread(page).get("open") is None
    assert names(thread(page)) == {f"comment-{QUESTION}-text", f"comment-{QUESTION}-in_report", ""}
    assert "See my questions" not in links(parse(signed_in.get(f"/organisations/{run.organisation_id}/")))
    assert "reviewed" not in text_of(parse(signed_in.get(f"/assessments/{run.pk}/check/")))


# Who answers what.


def assign(client: Client, run: Assessment, **changes: object) -> HttpResponse:
    """As a browser sends the form, with these domains changed."""
    form = by_id(parse(client.get(f"/assessments/{run.pk}/")), "sharing")
    data = sends(form) | {f"who-{code}": [str(value)] for code, value in changes.items()}
    return client.post(f"/assessments/{run.pk}/assign/", data)  # type: ignore[return-value]


def test_domains_are_shared_out_on_the_overview(run: Assessment, signed_in: Client, owner: User) -> None:
    bo, viewer, reader = colleague(run), colleague(run, "Vi", Role.VIEWER), consultant(run, AccessLevel.REVIEW)
    helper = consultant(run, AccessLevel.ANSWER, "Hanna")
    form = by_id(parse(signed_in.get(f"/assessments/{run.pk}/")), "sharing")
    offered = {option.get("value") for option in form.iter("option")}
    assert offered == {"", *(str(person.pk) for person in (owner, bo, helper))}
    assert not offered & {str(viewer.pk), str(reader.pk)}
    assert assign(signed_in, run, ACCESS=bo.pk, GOV=owner.pk, DATA=helper.pk)["Location"] == f"/assessments/{run.pk}/"
    overview = text_of(parse(signed_in.get(f"/assessments/{run.pk}/")))
    assert all(f"{name} answers" in overview for name in ("Bo Lindqvist", "Amélie", "Hanna"))
    assert "Assigned to Bo Lindqvist" in text_of(domain_page(signed_in, run))
    assert "Assigned to you" in text_of(domain_page(as_person(bo), run))
    assign(signed_in, run, ACCESS="")
    assert "Assigned to" not in text_of(domain_page(signed_in, run))
    assert set(Assignment.objects.values_list("domain", flat=True)) == {"GOV", "DATA"}


def test_the_domains_stand_in_the_order_of_the_overview(run: Assessment, signed_in: Client) -> None:
    colleague(run)
    page = parse(signed_in.get(f"/assessments/{run.pk}/"))
    leads_to = links(page).values()
    listed = list(dict.fromkeys(found[1] for url in leads_to if (found := re.search(r"/domains/(\w+)/$", url))))
    shared = [name.removeprefix("who-") for name in sends(by_id(page, "sharing")) if name.startswith("who-")]
    assert len(listed) > 5
    assert shared == listed


def test_only_what_this_person_changed_is_changed(run: Assessment, signed_in: Client) -> None:
    """Somebody else shared out a domain while the page was open."""
    bo = colleague(run)
    data = sends(by_id(parse(signed_in.get(f"/assessments/{run.pk}/")), "sharing"))
    assigned(run, bo, "ACCESS")
    signed_in.post(f"/assessments/{run.pk}/assign/", data | {"who-GOV": [str(bo.pk)]})
    assert set(Assignment.objects.values_list("domain", flat=True)) == {"ACCESS", "GOV"}


def test_who_may_not_answer_cannot_be_assigned(run: Assessment, signed_in: Client) -> None:
    colleague(run)
    for person in (colleague(run, "Vi", Role.VIEWER), consultant(run), member(OrganisationFactory.create())):
        response = assign(signed_in, run, ACCESS=person.pk, GOV=run.started_by_id)
        assert response.status_code == 422
        page = parse(response)
        assert "#id_who-ACCESS" in links(by_id(page, "error-summary")).values()
        assert by_id(page, "sharing").get("open") is not None
    assert not Assignment.objects.exists()


def test_the_new_answerer_gets_a_mail_that_leads_to_the_list(
    run: Assessment,
    signed_in: Client,
    settings: LazySettings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.MAIL_CONFIGURED = True
    bo = colleague(run)
    with django_capture_on_commit_callbacks(execute=True):
        assign(signed_in, run, ACCESS=bo.pk, GOV=run.started_by_id)
    assert [message.to for message in mail.outbox] == [[bo.email]]
    assert "/my-questions/" in mail.outbox[0].body


def test_a_run_without_its_questions_shares_out_nothing(run: Assessment, signed_in: Client) -> None:
    Assessment.objects.filter(pk=run.pk).update(state="scoping", depth="")
    assert signed_in.post(f"/assessments/{run.pk}/assign/").status_code == 302
    assert "Share the work" not in text_of(parse(signed_in.get(f"/assessments/{run.pk}/", follow=True)))


# My questions.


def test_my_questions_of_every_organisation(run: Assessment, signed_in: Client) -> None:
    bo = colleague(run)
    elsewhere = scoped_run(OrganisationFactory.create(name="Café Süd"))
    MembershipFactory.create(user=bo, organisation=elsewhere.organisation, role=Role.EDITOR)
    assigned(run, bo, "ACCESS")
    assigned(elsewhere, bo, "GOV")
    commented(run, "Which <phones>?\nAll of them?", asked=bo)
    in_access = [question.id for question in asked_questions(run) if question.domain == "ACCESS"]
    give(run, in_access[0], 2)
    home = parse(as_person(bo).get("/home/"))
    assert links(home)["See my questions"] == "/my-questions/"
    page = parse(as_person(bo).get("/my-questions/"))
    shown = text_of(page)
    assert f"1 of {len(in_access)}" in shown
    assert "Which <phones>?" in shown
    assert "Boulangerie Lumière" in shown
    assert "Café Süd" in shown
    found = set(links(page).values())
    assert f"/assessments/{run.pk}/domains/ACCESS/#{in_access[1]}" in found
    assert f"/assessments/{run.pk}/domains/ACCESS/?talk={QUESTION}#talk-{QUESTION}" in found
    assert "Nothing is waiting" in text_of(parse(signed_in.get("/my-questions/")))


def test_my_questions_forget_what_is_resolved_finished_or_out_of_reach(run: Assessment) -> None:
    bo = colleague(run)
    client = as_person(bo)
    assigned(run, bo)
    comment = commented(run, asked=bo)
    assert "Asked of you" in text_of(parse(client.get("/my-questions/")))
    Comment.objects.filter(pk=comment.pk).update(resolved_at=timezone.now(), resolved_by=bo)
    shown = text_of(parse(client.get("/my-questions/")))
    assert "Asked of you" not in shown
    assert "Domains to answer" in shown
    bo.memberships.update(role=Role.VIEWER)
    assert "Domains to answer" not in text_of(parse(client.get("/my-questions/")))
    bo.memberships.update(role=Role.EDITOR)
    Comment.objects.filter(pk=comment.pk).update(resolved_at=None, resolved_by=None)
    finish(run)
    assert "Nothing is waiting" in text_of(parse(client.get("/my-questions/")))


def test_my_questions_never_show_a_business_that_is_out_of_reach(run: Assessment) -> None:
    helper = consultant(run, AccessLevel.ANSWER)
    assigned(run, helper)
    commented(run, asked=helper)
    client = as_person(helper)
    assert run.organisation.name in client.get("/my-questions/").content.decode()
    run.organisation.engagements_as_client.update(ended_at=timezone.now())
    assert run.organisation.name not in client.get("/my-questions/").content.decode()
    assert client.get(f"/assessments/{run.pk}/comments/").status_code == 404


# Comments.


def test_a_comment_is_shown_as_typed_beside_its_question(run: Assessment, signed_in: Client, owner: User) -> None:
    bo = colleague(run)
    response = send_comment(signed_in, run, text="@Bo <b>which</b>\r\nphones?", asked=bo.pk, in_report="on")
    assert response["Location"] == f"/assessments/{run.pk}/domains/ACCESS/?talk={QUESTION}#talk-{QUESTION}"
    comment = Comment.objects.get()
    assert (comment.text, comment.author, comment.asked) == ("@Bo <b>which</b>\nphones?", owner, bo)
    assert comment.in_report
    content = signed_in.get(response["Location"])
    assert escape("@Bo <b>which</b>\nphones?") in content.content.decode()
    shown = thread(parse(content))
    assert shown.get("open") is not None
    assert text_of(shown).startswith(f"1 comment: {QUESTION} Amélie")
    assert "Asked of Bo Lindqvist In the report" in text_of(shown)
    assert "Asked of you" in text_of(thread(domain_page(as_person(bo), run)))
    assert thread(domain_page(signed_in, run)).get("open") is None


def test_the_form_of_comments_is_no_part_of_the_answers(run: Assessment, signed_in: Client) -> None:
    """A browser sends a field with the form that it names, not with the one it stands in."""
    colleague(run)
    commented(run)
    page = domain_page(signed_in, run)
    outside = {form.get("id") for form in page.iter("form")}
    assert not [form for outer in page.iter("form") for form in outer.iter("form") if form is not outer]
    fields = [each for each in thread(page).iter() if each.tag in ("textarea", "input", "select", "button")]
    assert len(fields) == 6
    assert {each.get("form") for each in fields} == {f"comment-form-{QUESTION}", "comment-change"} <= outside
    assert by_id(page, QUESTION).find(f".//*[@id='talk-{QUESTION}']") is None


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"text": "  "}, "Write your comment first."),
        ({"text": "x" * 4_001}, "This comment is too long: 4001 characters, at most 4000."),
        ({"text": "Hello", "asked": "999999"}, "Choose one of the people shown"),
    ],
)
def test_a_comment_with_an_error_keeps_its_text(
    run: Assessment, signed_in: Client, fields: dict[str, str], says: str
) -> None:
    colleague(run)
    response = send_comment(signed_in, run, **fields)
    assert response.status_code == 422
    page = parse(response)
    assert says in text_of(by_id(page, "error-summary"))
    assert says in text_of(by_id(page, f"error_comment-{QUESTION}"))
    assert thread(page).get("open") is not None
    sent = next(each.value for each in controls(thread(page)) if each.name.endswith("-text"))
    assert sent.strip() == fields["text"].strip()
    assert not Comment.objects.exists()


def test_comments_are_resolved_reopened_and_put_into_the_report(run: Assessment, signed_in: Client) -> None:
    comment = commented(run)
    url = f"/assessments/{run.pk}/comments/{comment.pk}/change/"
    states = []
    for step in ("resolve", "report", "reopen", "inside"):
        assert signed_in.post(url, {"do": step})["Location"].endswith(f"#talk-{QUESTION}")
        comment.refresh_from_db()
        states.append((comment.resolved_by is not None, comment.in_report))
    assert states == [(True, False), (True, True), (False, True), (False, False)]
    assert signed_in.post(url, {"do": "burn"}).status_code == 400


def test_the_count_tells_how_many_are_open(run: Assessment, signed_in: Client) -> None:
    for text in ("One", "Two"):
        commented(run, text)
    signed_in.post(f"/assessments/{run.pk}/comments/{commented(run).pk}/change/", {"do": "resolve"})
    assert text_of(thread(domain_page(signed_in, run))).startswith("3 comments (2 open)")


def test_who_only_reads_sees_comments_and_no_form(run: Assessment) -> None:
    viewer = as_person(colleague(run, "Vi", Role.VIEWER))
    assert domain_page(viewer, run).find(f".//*[@id='talk-{QUESTION}']") is None
    commented(run)
    page = domain_page(viewer, run)
    assert "Which phones?" in text_of(thread(page))
    assert controls(thread(page)) == []
    assert send_comment(viewer, run, text="Mine").status_code == 403


def test_after_the_end_comments_are_read_and_not_written(run: Assessment, signed_in: Client) -> None:
    comment = commented(run, "For the record")
    result = f"/assessments/{run.pk}/result/"
    finish(run)
    assert send_comment(signed_in, run, text="Too late").status_code == 409
    assert signed_in.post(f"/assessments/{run.pk}/comments/{comment.pk}/change/", {"do": "resolve"}).status_code == 409
    assert links(parse(signed_in.get(result)))["Comments and review"] == f"/assessments/{run.pk}/comments/"
    page = parse(signed_in.get(f"/assessments/{run.pk}/comments/"))
    assert "For the record" in text_of(page)
    assert "comments and reviews can no longer be changed" in text_of(page)
    assert [link for link in links(page).values() if "/domains/" in link] == []


def test_the_comments_of_a_run_on_one_page(run: Assessment, signed_in: Client) -> None:
    assert "No comments yet" in text_of(parse(signed_in.get(f"/assessments/{run.pk}/comments/")))
    commented(run, "About phones")
    commented(run, "About a question that is gone", "NEVER-01")
    give(run, "GOV-01", 2)
    reviewed(run, consultant(run), "GOV-01", note="Since when?")
    page = parse(signed_in.get(f"/assessments/{run.pk}/comments/"))
    titles = [text_of(title).split()[0].partition("-0")[0] for title in of_class(page, "discussion__title")]
    assert titles == ["GOV", "ACCESS", "NEVER"]
    assert all(text in text_of(page) for text in ("Since when?", "About phones", "About a question that is gone"))
