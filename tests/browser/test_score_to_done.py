"""From a result to what is better since: half a day, three steps with dates, one done, asked again, a second run."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.models import AccessLevel, Organisation, Role, User
from assessments.models import Action, ActionState, EditionRow
from tests.actions.plans import sent
from tests.browser.conftest import NewPage
from tests.browser.keyboard import press, tab_to
from tests.factories import ConsultancyFactory, EngagementFactory, OrganisationFactory, member
from tests.runs import finished_run

SignIn = Callable[[Page, User], None]
Use = Callable[[Page, Locator], None]


def click(page: Page, target: Locator) -> None:
    target.click()


def by_key(page: Page, target: Locator) -> None:
    press(page, target)


@pytest.fixture
def owner(edition_row: EditionRow, transactional_db: None) -> User:
    owner = member(OrganisationFactory.create(name="Boulangerie Lumière"), name="Camille Roux")
    finished_run(owner.memberships.get().organisation, levels=1, by=owner)
    return owner


@pytest.fixture
def organisation(owner: User) -> Organisation:
    return owner.memberships.get().organisation


def take_three(page: Page, result: str, use: Use) -> None:
    """Each from its card on the page of the result."""
    for place in range(3):
        page.goto(result)
        use(page, page.get_by_role("link", name="I’ll do it").nth(place))
        due = page.get_by_label("By when? (optional)")
        due.fill((timezone.localdate() + timedelta(days=3 + place)).isoformat())
        use(page, page.get_by_role("button", name="Put it on the plan"))
        expect(page.get_by_text("It is on your plan.")).to_be_visible()


@pytest.mark.parametrize(
    ("use", "width", "javascript"),
    [(click, 1280, True), (click, 360, False), (by_key, 1280, True)],
    ids=["desktop", "phone without JavaScript", "keyboard"],
)
def test_from_score_to_done(
    use: Use, width: int, javascript: bool, new_page: NewPage, owner: User, organisation: Organisation, sign_in: SignIn
) -> None:
    page = new_page(javascript=javascript, width=width)
    result = f"/assessments/{organisation.assessments.get().pk}/result/"
    sign_in(page, owner)
    page.goto(result)
    use(page, page.get_by_role("link", name="Half a day, a week, a quarter: what fits in your time?"))
    use(page, page.get_by_role("link", name="Half a day", exact=True))
    expect(page.locator("main .step").first).to_be_visible()
    take_three(page, result, use)
    assert [action.due is not None for action in Action.objects.all()] == [True] * 3

    page.goto(f"/organisations/{organisation.pk}/plan/")
    expect(page.get_by_text("3 to do, 0 being done, 0 done")).to_be_visible()
    use(page, page.get_by_role("link", name="Done").first)
    use(page, page.get_by_role("button", name="Note it as done"))
    expect(page.get_by_role("heading", name="How is it today?")).to_be_visible()
    best = page.locator("main input[type=radio][value='4']")
    if use is by_key:
        tab_to(page, page.locator("main input[type=radio]").first)
        page.keyboard.press("Space")
        while not best.is_checked():
            page.keyboard.press("ArrowDown")
    else:
        best.check()
    use(page, page.get_by_role("button", name="Save this answer"))
    expect(page.locator("main")).to_contain_text("1 better")
    page.goto(f"/organisations/{organisation.pk}/")
    expect(page.locator("main")).to_contain_text("Since your result of 21 November 2026: 1 better")

    use(page, page.get_by_role("button", name="Go through it again, starting from the last answers"))
    page.wait_for_url(lambda url: "/assessments/" in url)
    run = organisation.assessments.exclude(state="finished").get()
    domains = list(dict.fromkeys(answer.question.split("-")[0] for answer in run.answers.order_by("pk")))
    for domain in domains:
        page.goto(f"/assessments/{run.pk}/domains/{domain}/")
        confirm = page.get_by_role("button", name="still true: confirm and continue")
        if confirm.count():
            use(page, confirm)
            page.wait_for_url(lambda url, here=domain: f"/domains/{here}/" not in url)  # type: ignore[misc]
    assert not run.answers.exclude(taken_over_from=None).exists()
    page.goto(f"/assessments/{run.pk}/check/")
    use(page, page.get_by_role("button", name="Finish and see the result"))
    use(page, page.get_by_role("link", name="Since your result of"))
    expect(page.get_by_role("heading", name="What is better")).to_be_visible()
    expect(page.locator("main")).to_contain_text("1 better")
    use(page, page.get_by_role("link", name="The trend over all results"))
    expect(page.get_by_role("heading", name="Counts")).to_be_visible()


def test_a_consultant_sees_the_plan_and_comments_and_is_not_reminded(
    new_page: NewPage, owner: User, organisation: Organisation, sign_in: SignIn, settings: LazySettings
) -> None:
    advice = ConsultancyFactory.create(name="Haddad Advice")
    consultant = member(advice, Role.EDITOR, name="Noor Haddad")
    EngagementFactory.create(consultancy=advice, client=organisation, level=AccessLevel.REVIEW)
    result = f"/assessments/{organisation.assessments.get().pk}/result/"
    page = new_page()
    sign_in(page, owner)
    take_three(page, result, click)
    page = new_page()
    sign_in(page, consultant)
    page.goto(result)
    expect(page.get_by_role("link", name="I’ll do it").first).to_be_hidden()
    page.goto(f"/organisations/{organisation.pk}/plan/")
    page.get_by_role("link", name="See what happened").first.click()
    page.get_by_label("Comment").fill("Ask the supplier first.")
    page.get_by_role("button", name="Add the comment").click()
    expect(page.get_by_text("Ask the supplier first.")).to_be_visible()
    assert set(Action.objects.values_list("state", flat=True)) == {ActionState.OPEN}
    settings.MAIL_CONFIGURED = True
    mails = sent(timezone.now().replace(hour=20) + timedelta(days=3))
    assert [mail.to for mail in mails] == [[owner.email]]
