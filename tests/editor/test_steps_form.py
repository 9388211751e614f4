"""The steps of a question in the editor: written, fitted to some businesses, taken over from an older edition."""

from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.http import HttpResponseBase

from assessments.bank.conditions import Clause, Condition
from assessments.bank.steps import Effort, FindOutHint, StepCost, StepLink
from assessments.bank.types import FindingKind, Question
from assessments.editor.pages.tried import try_out
from assessments.editor.services.questions import save_question
from assessments.models import QuestionRow
from tests.bank.making import duty, gate, scope, scope_question, tag, when
from tests.editor.editing import Editing, bank_of, form_of
from tests.editor.steps import STEPS, WAY, step
from tests.factories import UserFactory
from tests.pages import by_id, links, of_class, parse, text_of
from tests.runs import NOW


def store(editing: Editing, **changes: Any) -> Question:
    """DATA-02, saved with these changes by somebody else."""
    row = QuestionRow.objects.get(domain__edition=editing.draft, code="DATA-02")
    question = replace(editing.question("DATA-02"), **changes)
    save_question(
        draft=editing.draft,
        question=question,
        seen_version=row.version,
        by=UserFactory.create(edits_bank=True),
        now=NOW,
    )
    return question


@pytest.fixture
def stepped(editing: Editing) -> Editing:
    """With DATA-02 as an edition of today has it."""
    store(editing, steps=STEPS, find_out=FindOutHint("Look in the cupboard.", 5), first_step="", effort=None, usual=1)
    return editing


def save(editing: Editing, **typed: Any) -> HttpResponseBase:
    return editing.press("bank_question", "DATA-02", sent=editing.form("bank_question", "DATA-02", **typed))


def typed_step(to: int) -> dict[str, str]:
    fields = {"text": f"Do thing {to}.", "done_when": f"Thing {to} is done.", "minutes": str(10 * to)}
    fields |= {"cost": "none", "who": "owner"}
    return {f"steps-{to}-{name}": value for name, value in fields.items()}


def test_each_step_stands_beside_the_levels_that_it_joins(stepped: Editing) -> None:
    page = stepped.open("bank_question", "DATA-02")
    for to in range(1, 5):
        (levels,) = of_class(by_id(page, f"step-{to}"), "step__levels")
        assert text_of(levels) == (
            f"Level {to - 1}, where it starts DATA-02 at level {to - 1}."
            f" To level {to}, where it leads DATA-02 at level {to}."
        )
    assert links(by_id(page, "steps"))["To level 3"] == "#step-3"


def test_what_is_empty_is_folded(stepped: Editing) -> None:
    page = stepped.open("bank_question", "DATA-02")

    def unfolded(to: int) -> list[bool]:
        """Of a step's links and variants, then of the links of its variants."""
        return ["open" in each.attrib for each in by_id(page, f"step-{to}").iter("details")]

    assert unfolded(1) == [False, False, False, False]
    assert unfolded(2) == [True, False, False, False]
    assert unfolded(3) == [False, True, True, False]


def test_saving_without_a_change_keeps_every_part(stepped: Editing) -> None:
    before = stepped.question("DATA-02")
    assert save(stepped).status_code == 302
    assert stepped.question("DATA-02") == before
    assert before.steps == STEPS


def test_steps_are_written_one_by_one(editing: Editing) -> None:
    store(editing, first_step="", effort=None)
    save(editing, **typed_step(1), **{"steps-1-solo": "Do it yourself."})
    assert editing.question("DATA-02").steps == (step(1, solo="Do it yourself."),)
    save(editing, **typed_step(3))
    assert [own.to for own in editing.question("DATA-02").steps] == [1, 3]


def test_a_step_is_fitted_without_a_script(stepped: Editing) -> None:
    """A variant needs a condition: a button adds its first way, and the page comes back with the variant unfolded."""
    typed = {"steps-1-variants-0-text": "Do thing 1 in California.", "steps-1-variants-0-done_when": "It is so."}
    sent = stepped.form("bank_question", "DATA-02", **typed)
    root = parse(stepped.press("bank_question", "DATA-02", sent=sent, do="way-steps-1-variants-0-when"))
    assert not of_class(root, "field-error")
    again = form_of(root) | {"steps-1-variants-0-when-0-tag": ["ccpa"], "steps-1-variants-0-when-0-how": ["all"]}
    again |= {"steps-1-variants-0-links-2-product": "Any", "steps-1-variants-0-links-2-label": "Form"}
    again |= {"steps-1-variants-0-links-2-url": "{authority_url}"}
    assert stepped.press("bank_question", "DATA-02", sent=again).status_code == 302
    (variant,) = stepped.question("DATA-02").steps[0].variants
    assert (variant.when, variant.text, variant.minutes) == (when("ccpa"), "Do thing 1 in California.", None)
    assert variant.links == (StepLink("Any", "Form", url="{authority_url}"),)


def test_what_is_emptied_is_gone(stepped: Editing) -> None:
    empty = {f"steps-2-links-0-{name}": "" for name in ("product", "label", "url")}
    empty |= {f"steps-3-variants-0-{name}": "" for name in ("text", "minutes", "when-ways")}
    empty |= {f"steps-3-variants-0-links-0-{name}": "" for name in ("product", "label", "path")}
    assert save(stepped, **empty).status_code == 302
    steps = stepped.question("DATA-02").steps
    assert (steps[1].links, steps[2].variants) == ((WAY,), ())


@pytest.mark.parametrize(
    ("typed", "says", "target"),
    [
        ({"steps-1-done_when": " "}, "Done when: this is needed.", "id_steps-1-done_when"),
        ({"steps-1-minutes": "0"}, "greater than or equal to 1", "id_steps-1-minutes"),
        ({"steps-1-minutes": "2401"}, "less than or equal to 2400", "id_steps-1-minutes"),
        ({"steps-1-who": "nobody"}, "Select a valid choice", "id_steps-1-who"),
        ({"steps-2-links-0-path": "Settings"}, "Give either an address or", "id_steps-2-links-0-url"),
        ({"steps-2-links-0-url": ""}, "Give either an address or", "id_steps-2-links-0-url"),
        ({"steps-2-links-0-url": "http://example.org"}, "begins with https://", "id_steps-2-links-0-url"),
        ({"steps-3-variants-0-when-ways": "0"}, "A variant needs a condition", "steps-3-variants-0-when"),
        ({"steps-3-variants-0-links-0-label": ""}, "Name of the page: this", "id_steps-3-variants-0-links-0-label"),
        ({"find_out_minutes": ""}, "Say in how many minutes", "id_find_out_minutes"),
        ({"usual": "5"}, "Select a valid choice", "id_usual"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_place(
    stepped: Editing, typed: dict[str, str], says: str, target: str
) -> None:
    before = stepped.question("DATA-02")
    response = save(stepped, **typed)
    assert response.status_code == 422
    root = parse(response)
    assert says in text_of(by_id(root, "error-summary"))
    assert f"#{target}" in links(by_id(root, "error-summary")).values()
    by_id(root, target)
    assert stepped.question("DATA-02") == before


def test_a_problem_leads_to_its_step(stepped: Editing) -> None:
    store(stepped, steps=(*STEPS[:2], replace(STEPS[2], cost=StepCost.LARGER), STEPS[3]))
    found = links(by_id(stepped.open("bank_question", "DATA-02"), "side-panel"))
    assert found["DATA-02, Step to level 3, What the money pays for"].endswith("/questions/DATA-02/#step-3")


def test_a_link_alone_is_no_step(editing: Editing) -> None:
    """Its step has to be written, too; and what was typed is still there, unfolded."""
    typed = {f"steps-1-links-0-{name}": text for name, text in (("product", "Any"), ("label", "Form"), ("path", "A"))}
    root = parse(save(editing, **typed))
    assert "What to do: this is needed." in text_of(by_id(root, "error-summary"))
    assert form_of(root)["steps-1-links-0-label"] == ["Form"]
    assert "open" in next(by_id(root, "step-1").iter("details")).attrib


def test_four_steps_replace_the_first_step_of_an_older_edition(editing: Editing) -> None:
    assert form_of(editing.open("bank_question", "DATA-02"))["first_step"] == ["Start."]
    save(editing, **typed_step(1))
    kept = editing.question("DATA-02")
    assert (kept.first_step, kept.effort, len(kept.steps)) == ("Start.", Effort.SMALL, 1)
    save(editing, **typed_step(2), **typed_step(3), **typed_step(4))
    replaced = editing.question("DATA-02")
    assert (replaced.first_step, replaced.effort, len(replaced.steps)) == ("", None, 4)
    assert "first_step" not in form_of(editing.open("bank_question", "DATA-02"))


def test_a_first_step_keeps_its_effort(editing: Editing) -> None:
    assert "Choose an effort" in text_of(parse(save(editing, effort="")))
    assert save(editing, effort="M").status_code == 302
    assert editing.question("DATA-02").effort is Effort.MEDIUM
    assert save(editing, first_step="", effort="").status_code == 302
    assert (editing.question("DATA-02").first_step, editing.question("DATA-02").effort) == ("", None)


def test_usual_level_and_how_to_find_out(stepped: Editing) -> None:
    save(stepped, usual="0", find_out="Ask the IT helper.", find_out_minutes="15")
    question = stepped.question("DATA-02")
    assert (question.usual, question.find_out) == (0, FindOutHint("Ask the IT helper.", 15))
    save(stepped, usual="", find_out="", find_out_minutes="")
    question = stepped.question("DATA-02")
    assert (question.usual, question.find_out) == (None, None)


def test_how_much_is_at_stake_and_what_is_not_settled(editing: Editing) -> None:
    store(editing, gates=(gate(),), duties=(duty(),))
    typed = {"gates-0-severity": "3", "gates-0-starts": "2027-01-01"}
    typed |= {"duties-0-finding": "on_the_day", "duties-0-unsettled": "From when."}
    assert save(editing, **typed).status_code == 302
    question = editing.question("DATA-02")
    assert (question.gates[0].severity, str(question.gates[0].starts)) == (3, "2027-01-01")
    assert (question.duties[0].finding, question.duties[0].unsettled) == (FindingKind.ON_THE_DAY, "From when.")
    assert save(editing, **{"gates-0-severity": "", "gates-0-starts": ""}).status_code == 302
    assert editing.question("DATA-02").gates == (gate(),)
    assert editing.question("DATA-02").duties == question.duties


def sample_steps(root: Element) -> list[str]:
    """The steps of each sample business that is asked."""
    (samples,) = of_class(root, "samples")
    return [text_of(own) for sample in samples for own in sample.iter("ol")]


def test_each_sample_business_reads_its_own_steps(stepped: Editing) -> None:
    bank = bank_of(stepped.draft)
    country = scope_question("country", "fr", "us_tx", many=False)
    asked = scope(*bank.scope.screens[0].questions, country, tags=(tag("gdpr", when("country.fr")),))
    lyon, texas, *_others = try_out(replace(bank, scope=asked), bank.question["DATA-02"], NOW.date())
    assert lyon.steps[2] == "To level 3: Do it the EU way. (5 minutes; The owner; Nothing besides work)"
    assert texas.steps[2] == "To level 3: Do thing 3. (30 minutes; The owner; Nothing besides work)"
    assert texas.steps[3] == "To level 4: Do thing 4. (40 minutes; The IT helper; Nothing besides work)"


def test_steps_are_tried_out_before_they_are_saved(stepped: Editing) -> None:
    sent = stepped.form("bank_question", "DATA-02", **{"steps-2-text": "Do it at once."})
    response = stepped.press("bank_question", "DATA-02", sent=sent, do="preview")
    assert all("To level 2: Do it at once." in own for own in sample_steps(parse(response)))
    assert stepped.question("DATA-02").steps == STEPS


def test_a_conflict_tells_steps_in_words(stepped: Editing) -> None:
    mine = stepped.form("bank_question", "DATA-02", **{"steps-1-minutes": "15", "steps-3-variants-0-minutes": ""})
    theirs = (replace(STEPS[0], text="Do thing one."), *STEPS[1:])
    store(stepped, steps=theirs)
    (conflict,) = of_class(parse(stepped.press("bank_question", "DATA-02", sent=mine)), "conflict")
    said = text_of(conflict)
    assert "To level 1: Do thing [removed] one[added] 1." in said
    assert "[removed] 10[added] 15 minutes; The owner; Nothing besides work" in said
    assert "[removed] Then it takes 5 minutes" in said


def test_a_published_question_tells_everything(stepped: Editing) -> None:
    clause = Condition((Clause(any=("gdpr", "ccpa")),))
    gates = (replace(gate(), severity=2, when=clause),)
    duties = (replace(duty(), finding=FindingKind.ON_THE_DAY, unsettled="From when."),)
    store(stepped, gates=gates, duties=duties)
    said = text_of(by_id(stepped.open("bank_question_history", "DATA-02"), "main"))
    for words in (
        "Name of harm below 2, severity 2, when Gdpr OR Ccpa: It matters.",
        "The gdpr, met at 2, Would be missed on the day: Do what gdpr asks. (GDPR Art. 1). Not settled: From when.",
        "How to find out [added] Look in the cupboard. (5 minutes)",
        "Usual level [added] 1",
        "Working alone: Do thing 1 yourself.",
        "The money pays for: A licence",
        "Google: Security check, https://example.org/check",
        "When Gdpr: Do it the EU way.",
        "Then: Microsoft: Sign-in, Settings > Sign-in",
    ):
        assert words in said, words
