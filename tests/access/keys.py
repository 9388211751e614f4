"""Which keys the URLs of the access table name, from the world behind them."""

from collections.abc import Callable, Mapping

from accounts.models import OperatorRecord
from assessments.editions.stored import edition_of
from assessments.models import ReminderChoice
from tests.access.site import OPEN_INVITATION, SHARED_KEY, Site
from tests.actions.plans import plan_of
from tests.personas import EDITOR, OWNER
from tests.runs import asked_questions

Kwargs = Callable[[Site], Mapping[str, object]]


def nothing(site: Site) -> Mapping[str, object]:
    return {}


def of_operator_record(site: Site) -> Mapping[str, object]:
    return {"pk": OperatorRecord.objects.get().pk}


def of_business(site: Site) -> Mapping[str, object]:
    return {"pk": site.business.pk}


def of_action(site: Site) -> Mapping[str, object]:
    return {"pk": site.business.pk, "action": site.action.pk}


def of_step(site: Site) -> Mapping[str, object]:
    """The second of the plan: the first is taken on."""
    entry = plan_of(site.business).entries[1]
    return {"pk": site.business.pk, "question": entry.question, "level": entry.level}


def of_plan_file(site: Site) -> Mapping[str, object]:
    return {"pk": site.business.pk, "kind": "csv"}


def of_reminder_link(site: Site) -> Mapping[str, object]:
    return {"key": ReminderChoice.objects.get(person=site.person(OWNER)).stop_key}


def of_run(site: Site) -> Mapping[str, object]:
    return {"pk": site.run.pk}


def of_finished(site: Site) -> Mapping[str, object]:
    return {"pk": site.finished.pk}


def of_report(site: Site) -> Mapping[str, object]:
    return {"pk": site.report.pk}


def of_share_link(site: Site) -> Mapping[str, object]:
    return {"pk": site.business.pk, "link": site.share_link.pk}


def of_finished_domain(site: Site) -> Mapping[str, object]:
    return {"pk": site.finished.pk, "code": asked_questions(site.finished)[0].domain}


def of_own_step(site: Site) -> Mapping[str, object]:
    return {"pk": site.finished.pk, "step": site.own_step.pk}


def of_snippet(site: Site) -> Mapping[str, object]:
    return {"pk": site.consultancy.pk, "snippet": site.snippet.pk}


def of_shared_report(site: Site) -> Mapping[str, object]:
    return {"key": SHARED_KEY}


def of_portfolio(site: Site) -> Mapping[str, object]:
    return {"pk": site.portfolio.pk}


def of_bundle(site: Site) -> Mapping[str, object]:
    return {"pk": site.bundle.pk}


def of_draft(site: Site) -> Mapping[str, object]:
    return {"edition": site.draft.code}


def of_published(site: Site) -> Mapping[str, object]:
    return {"edition": site.run.edition.code}


def of_closed_edition(site: Site) -> Mapping[str, object]:
    """Published, and not open for new assessments."""
    assert site.draft.predecessor is not None
    return {"edition": site.draft.predecessor.code}


def of_bank(site: Site) -> Mapping[str, object]:
    return {"bank": site.run.edition.bank.slug}


def of_bank_domain(site: Site) -> Mapping[str, object]:
    return {"edition": site.draft.code, "code": "DATA"}


def of_bank_question(site: Site) -> Mapping[str, object]:
    return {"edition": site.draft.code, "code": "DATA-01"}


def of_bank_change(site: Site) -> Mapping[str, object]:
    return {"edition": site.draft.code, "code": "DATA-01", "change": 1}


def of_bank_citation(site: Site) -> Mapping[str, object]:
    return {"edition": site.draft.code, "pk": site.draft.citations.order_by("pk")[0].pk}


def of_bank_item(site: Site) -> Mapping[str, object]:
    return {"edition": site.draft.code, "code": "S0-1"}


def of_bank_frame(key: str | int, **more: object) -> Callable[[Site], Mapping[str, object]]:
    return lambda site: {"edition": site.draft.code, "key": key, **more}


def of_import(site: Site) -> Mapping[str, object]:
    return {"edition": site.draft.code, "pk": site.kept.pk}


def of_export(site: Site) -> Mapping[str, object]:
    return {"edition": site.draft.code, "kind": "json"}


def of_screen(site: Site) -> Mapping[str, object]:
    return {"pk": site.run.pk, "screen": edition_of(site.run.edition).scope.screens[0].id}


def of_domain(site: Site) -> Mapping[str, object]:
    return {"pk": site.run.pk, "code": asked_questions(site.run)[0].domain}


def of_question(site: Site) -> Mapping[str, object]:
    return {"pk": site.run.pk, "question": asked_questions(site.run)[0].id}


def of_question_again(site: Site) -> Mapping[str, object]:
    return {"pk": site.business.pk, "question": asked_questions(site.finished)[0].id}


def of_comment(site: Site) -> Mapping[str, object]:
    return {"pk": site.run.pk, "comment": site.comment.pk}


def of_member(site: Site) -> Mapping[str, object]:
    return {"pk": site.business.pk, "member": site.business.memberships.get(user=site.person(EDITOR)).pk}


def of_invitation(site: Site) -> Mapping[str, object]:
    return {"pk": site.business.pk, "invitation": site.business.invitations.get().pk}


def of_open_invitation(site: Site) -> Mapping[str, object]:
    return {"token": OPEN_INVITATION}


def of_access(site: Site) -> Mapping[str, object]:
    return {"pk": site.business.pk, "engagement": site.business.engagements_as_client.get(ended_at=None).pk}


def of_consultancy(site: Site) -> Mapping[str, object]:
    return {"pk": site.consultancy.pk}


def of_logo(site: Site) -> Mapping[str, object]:
    return {"pk": site.consultancy.brands.get().pk}


def of_client_organisation(site: Site) -> Mapping[str, object]:
    return {"pk": site.consultancy.pk, "client": site.business.pk}


def of_client(site: Site) -> Mapping[str, object]:
    set_up = site.consultancy.engagements_as_consultancy.get(client__set_up_by=site.consultancy)
    return {"pk": site.consultancy.pk, "engagement": set_up.pk}


def no_export(site: Site) -> Mapping[str, object]:
    return {"pk": site.business.pk}


def no_reset(site: Site) -> Mapping[str, object]:
    return {"uidb36": "1", "key": "no-such-key"}


def no_passkey(site: Site) -> Mapping[str, object]:
    return {"pk": 1}
