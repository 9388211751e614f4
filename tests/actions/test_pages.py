"""The plan as people see and use it: without JavaScript, in two tabs, with other people's keys."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLevel, Organisation, Role, User
from assessments.actions.services import finish_action
from assessments.models import Action, ActionEvent, ReminderChoice, Result
from assessments.results.plan_actions import shortest_step
from assessments.services.runs import restart_assessment
from tests.actions.plans import actor, own_task, plan_of, taken
from tests.collaboration import consultant
from tests.factories import OrganisationFactory, member
from tests.runs import NOW, answer_again, finish, give

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + timedelta(days=1)


def page(client: Client, organisation: Organisation, status: int = 200) -> str:
    response = client.get(reverse("plan", args=[organisation.pk]))
    assert response.status_code == status
    return response.content.decode()


def take_url(result: Result, place: int = 0) -> str:
    entry = plan_of(result.assessment.organisation).entries[place]
    return reverse("action_take", args=[result.assessment.organisation_id, entry.question, entry.level])


def edit_url(action: Action, name: str = "action_edit") -> str:
    return reverse(name, args=[action.organisation_id, action.pk])


def test_an_empty_plan_says_where_steps_come_from(signed_in: Client, organisation: Organisation) -> None:
    assert "Steps come from the result of an assessment" in page(signed_in, organisation)


def test_the_plan_offers_what_nobody_has_taken_on(
    signed_in: Client, organisation: Organisation, result: Result
) -> None:
    shown = page(signed_in, organisation)
    assert "Next in your result" in shown
    assert take_url(result) in shown
    assert "This month’s small step" in shown
    taken(result)
    shown = page(signed_in, organisation)
    assert "Next step" in shown
    assert take_url(result) not in shown


def test_ten_minutes_are_promised_only_where_the_step_takes_no_more(
    signed_in: Client, organisation: Organisation, result: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    shortest = shortest_step(plan_of(organisation).entries)
    assert shortest
    assert shortest.minutes
    for limit, promised in ((shortest.minutes - 1, False), (shortest.minutes, True)):
        monkeypatch.setattr("assessments.actions.pages.plan.SMALL_MINUTES_A_MONTH", limit)
        assert ("This month’s ten minutes" in page(signed_in, organisation)) is promised


def test_what_is_done_and_not_answered_again_leads_to_its_question(
    signed_in: Client, organisation: Organisation, result: Result, owner: User
) -> None:
    action = taken(result)
    finish_action(action=action, seen_version=1, proof="", by=actor(owner), now=timezone.now())
    again = reverse("question_again", args=[organisation.pk, action.question])
    shown = [page(signed_in, organisation), signed_in.get(edit_url(action)).content.decode()]
    assert all(again in each for each in shown)
    signed_in.post(again, {"basis": result.assessment_id, f"{action.question}-answer": str(action.level)})
    shown = [page(signed_in, organisation), signed_in.get(edit_url(action)).content.decode()]
    assert not any(again in each for each in shown)


def test_the_result_says_how_far_the_plan_is(signed_in: Client, organisation: Organisation, result: Result) -> None:
    address = f"/assessments/{result.assessment_id}/result/"
    assert "On your plan:" not in signed_in.get(address).content.decode()
    taken(result)
    shown = signed_in.get(address).content.decode()
    assert "On your plan:" in shown
    assert "1 to do, 0 being done, 0 done" in shown


def test_taking_a_step_on(signed_in: Client, result: Result, owner: User, organisation: Organisation) -> None:
    url = take_url(result)
    assert "Who does it?" in signed_in.get(url).content.decode()
    data = {"do": "take", "who": owner.pk, "due": TOMORROW.isoformat(), "time_zone": "UTC", "note": "a\r\nb"}
    assert signed_in.post(url, data).status_code == 302
    action = Action.objects.get()
    assert (action.assignee, action.due, action.note, action.state) == (owner, TOMORROW, "a\nb", "open")
    assert ReminderChoice.objects.get(person=owner).time_zone == "UTC"
    shown = page(signed_in, organisation)
    assert "By tomorrow" in shown
    assert "1 to do" in shown
    assert signed_in.get(url).headers["Location"] == edit_url(action)
    assert signed_in.post(url, data).status_code == 302
    assert Action.objects.count() == 1


def test_done_already_and_not_for_us(signed_in: Client, result: Result, organisation: Organisation) -> None:
    signed_in.post(take_url(result), {"do": "done", "proof": "In the drawer"})
    signed_in.post(take_url(result), {"do": "done", "proof": "In the drawer"})
    refused = signed_in.post(take_url(result, 1), {"do": "drop", "reason": ""})
    assert refused.status_code == 422
    assert "Say in a few words why this is not for you." in refused.content.decode()
    signed_in.post(take_url(result, 1), {"do": "drop", "reason": "We have no till"})
    assert sorted(Action.objects.values_list("state", flat=True)) == ["done", "dropped"]
    shown = page(signed_in, organisation)
    assert "In the drawer" in shown
    assert "We have no till" in shown
    assert take_url(result) not in shown, "neither is offered again"
    assert take_url(result, 1) not in shown


@pytest.mark.parametrize("how", ["done", "dropped", "answered again"])
def test_the_first_page_offers_what_the_plan_offers(
    how: str, signed_in: Client, result: Result, organisation: Organisation, owner: User
) -> None:
    plan, first = plan_of(organisation), reverse("organisation", args=[organisation.pk])
    steps = [plan.step(entry.question, entry.level) for entry in plan.entries[:2]]
    assert steps[0]
    assert steps[1]
    assert steps[0].text in signed_in.get(first).text
    if how == "answered again":
        answer_again(result.assessment, plan.entries[0].question, 4, by=owner)
    else:
        data = {"do": "done", "proof": ""} if how == "done" else {"do": "drop", "reason": "We have no till"}
        signed_in.post(take_url(result), data)
    shown = signed_in.get(first).text
    assert steps[0].text not in shown
    assert steps[1].text in shown


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"who": "999999"}, "Choose one of the people shown."),
        ({"due": "2020-01-01"}, "This day has passed."),
        ({"due": "9999-12-31"}, "within the next ten years"),
        ({"due": "soon"}, "Type the date like this"),
        ({"other": "bo@example.org"}, "Leave out web and e-mail addresses"),
        ({"other": "x" * 121}, "at most 120"),
        ({"note": "x" * 2_001}, "at most 2000"),
    ],
)
def test_what_a_form_refuses(data: dict[str, str], said: str, signed_in: Client, result: Result) -> None:
    response = signed_in.post(take_url(result), {"do": "take", **data})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Action.objects.exists()


def test_a_person_or_a_name(signed_in: Client, result: Result, owner: User) -> None:
    other = member(result.assessment.organisation)
    response = signed_in.post(take_url(result), {"do": "take", "who": other.pk, "other": "Bo"})
    assert "Choose a person or type a name, not both." in response.content.decode()
    signed_in.post(take_url(result), {"do": "take", "other": "  Bo   of the  garage ⚙ "})
    assert Action.objects.get().assignee_name == "Bo of the garage ⚙"


def test_what_was_chosen_wins_over_what_the_page_showed(signed_in: Client, result: Result, owner: User) -> None:
    signed_in.post(take_url(result), {"do": "take", "who": owner.pk, "other": "Bo"})
    action = Action.objects.get()
    assert (action.assignee, action.assignee_name) == (None, "Bo")
    signed_in.post(edit_url(action), {"state": "open", "version": 1, "who": owner.pk, "other": "Bo"})
    action.refresh_from_db()
    assert (action.assignee, action.assignee_name) == (owner, "")


@pytest.mark.parametrize("place", [("NEVER-01", 2), ("ACCESS-02", 0), ("ACCESS-02", 5), ("ACCESS-02", 99)])
def test_no_such_step(place: tuple[str, int], signed_in: Client, result: Result) -> None:
    url = reverse("action_take", args=[result.assessment.organisation_id, *place])
    assert signed_in.get(url).status_code == 404
    assert signed_in.post(url, {"do": "take"}).status_code == 404


@pytest.mark.parametrize("do", ["done", "drop"])
def test_what_a_colleague_took_on_meanwhile_is_not_ended_unseen(do: str, signed_in: Client, result: Result) -> None:
    """The page of the step was open before they did."""
    colleague = member(result.assessment.organisation, Role.EDITOR)
    action = taken(result, by=colleague, assignee=colleague)
    assert signed_in.post(take_url(result), {"do": do, "reason": "We have none."}).status_code == 409
    action.refresh_from_db()
    assert (action.state, action.version) == ("open", 1)


def test_own_tasks(signed_in: Client, organisation: Organisation) -> None:
    url = reverse("action_add", args=[organisation.pk])
    assert signed_in.post(url, {"title": " "}).status_code == 422
    assert signed_in.post(url, {"title": "Ask the bank <b>& co</b>"}).status_code == 302
    assert "Ask the bank &lt;b&gt;&amp; co&lt;/b&gt;" in page(signed_in, organisation)
    task = Action.objects.get()
    signed_in.post(edit_url(task), {"title": "Ask both banks", "state": "doing", "version": 1})
    task.refresh_from_db()
    assert (task.title, task.state) == ("Ask both banks", "doing")
    assert "Being done" in page(signed_in, organisation) or "Next step" in page(signed_in, organisation)


def test_two_tabs(signed_in: Client, result: Result) -> None:
    """What the second one typed stays, over what the first one saved; sent again, it is stored."""
    action = taken(result)
    data = {"state": "open", "version": 1}
    assert signed_in.post(edit_url(action), {**data, "other": "Bo"}).status_code == 302
    second = signed_in.post(edit_url(action), {**data, "other": "Noor", "note": "typed here"})
    shown = second.content.decode()
    assert second.status_code == 409
    assert "Somebody changed this while your page was open." in shown
    assert "typed here" in shown
    assert 'name="version" value="2"' in shown
    assert signed_in.post(edit_url(action), {**data, "other": "Noor", "version": 2}).status_code == 302
    action.refresh_from_db()
    assert action.assignee_name == "Noor"
    for name, more in (("action_done", {"proof": "seen"}), ("action_drop", {"reason": "no till"})):
        late = signed_in.post(edit_url(action, name), {**more, "version": 1})
        assert late.status_code == 409
        assert next(iter(more.values())) in late.content.decode()


def test_done_dropped_and_back_by_pages(signed_in: Client, result: Result, organisation: Organisation) -> None:
    action = taken(result)
    assert signed_in.post(edit_url(action, "action_done"), {"version": 1, "proof": "seen"}).status_code == 302
    assert signed_in.post(edit_url(action, "action_reopen")).status_code == 302
    assert signed_in.post(edit_url(action, "action_drop"), {"version": 3, "reason": ""}).status_code == 422
    assert signed_in.post(edit_url(action, "action_drop"), {"version": 3, "reason": "No till"}).status_code == 302
    action.refresh_from_db()
    assert action.state == "dropped"
    shown = signed_in.get(edit_url(action)).content.decode()
    assert "Put it back on the list" in shown
    assert "Called it done" in shown
    assert "What happened lately" in page(signed_in, organisation)


def test_somebody_without_access_any_more_keeps_the_action(signed_in: Client, result: Result) -> None:
    helper = member(result.assessment.organisation, name="Bo Lind")
    action = taken(result, assignee=helper)
    helper.memberships.all().delete()
    shown = signed_in.get(edit_url(action)).content.decode()
    assert f'<option value="{helper.pk}" selected>Bo Lind' in shown
    assert signed_in.post(edit_url(action), {"who": helper.pk, "state": "doing", "version": 1}).status_code == 302


def test_who_only_reads_sees_no_buttons(client: Client, result: Result, organisation: Organisation) -> None:
    action = taken(result)
    for person in (member(organisation, Role.VIEWER), consultant(result.assessment, AccessLevel.READ)):
        client.force_login(person)
        shown = page(client, organisation) + client.get(edit_url(action)).content.decode()
        assert action.title in shown
        for name in ("action_done", "action_drop", "action_comment"):
            assert edit_url(action, name) not in shown
        assert client.post(edit_url(action), {"state": "doing", "version": 1}).status_code == 403


def test_a_reviewing_consultant_comments(client: Client, result: Result) -> None:
    action = taken(result)
    client.force_login(consultant(result.assessment, AccessLevel.REVIEW, "Noor Haddad"))
    assert client.post(edit_url(action, "action_comment"), {"text": ""}).status_code == 422
    assert client.post(edit_url(action, "action_comment"), {"text": "Start with the till"}).status_code == 302
    shown = client.get(edit_url(action)).content.decode()
    assert "Start with the till" in shown
    assert "Noor Haddad" in shown
    assert client.post(edit_url(action, "action_done"), {"version": 1}).status_code == 403


def test_others_see_nothing(client: Client, result: Result, organisation: Organisation) -> None:
    action = taken(result)
    elsewhere = OrganisationFactory.create()
    stranger = member(elsewhere)
    client.force_login(stranger)
    page(client, organisation, 404)
    for url in (edit_url(action), reverse("action_edit", args=[elsewhere.pk, action.pk])):
        assert client.get(url).status_code == 404
        assert client.post(url, {"state": "doing", "version": 1}).status_code == 404
    assert client.get(reverse("action_edit", args=[elsewhere.pk, uuid4()])).status_code == 404
    theirs = own_task(elsewhere, stranger)
    body = client.post(edit_url(theirs), {"title": "x", "who": result.finished_by_id, "state": "open", "version": 1})
    assert body.status_code == 422
    assert "Amélie" not in body.content.decode()


def test_what_a_new_run_has_settled_is_shown_apart(
    signed_in: Client, result: Result, organisation: Organisation, owner: User
) -> None:
    reached, kept = taken(result), taken(result, 1)
    gone = Action.objects.create(
        organisation=organisation,
        question="NEVER-01",
        level=2,
        title="A step of long ago",
        created_by=owner,
        created_at=NOW,
        changed_at=NOW,
    )
    run = restart_assessment(finished=result.assessment, started_by=owner, now=NOW)
    give(run, reached.question, reached.level)
    shown = page(signed_in, organisation)
    apart = shown[shown.index("No longer part of the plan") :]
    assert "Your answers say that you have reached this." in apart
    assert "The questions of today no longer ask for this." in apart
    assert gone.title in apart
    assert f'id="action-{kept.pk}"' not in apart
    again = finish(run)
    assert plan_of(organisation).result_id == again.pk
    assert "Your answers say that you have reached this." in page(signed_in, organisation)


def test_names_in_history_are_those_of_now(signed_in: Client, result: Result, owner: User) -> None:
    helper = member(result.assessment.organisation, name="Bo Lind")
    action = taken(result)
    signed_in.post(edit_url(action), {"who": helper.pk, "state": "open", "version": 1, "due": TOMORROW.isoformat()})
    shown = signed_in.get(edit_url(action)).content.decode()
    assert "Person: – → Bo Lind" in shown
    assert ActionEvent.objects.filter(action=action).latest("pk").changes["assignee_id"] == [None, helper.pk]
    assert actor(owner).user == owner
