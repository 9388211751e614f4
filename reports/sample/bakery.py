"""The bakery of the demo and of the sample report: what it says about itself, and what it answers. Pure."""

from assessments.bank.scope_types import Scope
from assessments.bank.types import Question
from assessments.presentation.answer_record import RecordedAnswer
from assessments.scoring.scope import FactAnswer, visible_questions
from assessments.scoring.types import ScoredAnswerKind

BAKERY = "Boulangerie du Quai"

FACTS: dict[str, tuple[str, ...]] = {
    "country": ("fr",),
    "base": ("none",),
    "offers": ("eu",),
    "follows": ("none",),
    "california": ("no",),
    "people": ("to9",),
    "setup": ("website",),
    "body": ("no",),
    "habits": ("none",),
    "abroad": ("yes",),
    "ai": ("tools", "features"),
    "ai_data": ("yes",),
    "ai_does": ("chat", "media"),
    "ai_people": ("none",),
    "ai_body": ("no",),
    # Customers' allergies stand on the order sheets.
    "special": ("health", "staff_files"),
    "children": ("none",),
    "large": ("no",),
    "yes_first": ("newsletter", "photos"),
    "trackers": ("stats",),
    "pass_on": ("social",),
}

LEVELS: dict[str, int | None] = {
    "GOV-01": 2, "GOV-05": 2, "GOV-07": 3, "DATA-01": 2, "DATA-02": 3, "DATA-03": 2, "DATA-05": 1, "DATA-07": 2,
    "DATA-08": 2, "DATA-10": 2, "DATA-12": 2, "CONSENT-01": 2, "CONSENT-02": 3, "CONSENT-05": 3, "CONSENT-07": 2,
    "CONSENT-10": 2, "CONSENT-11": 3, "CONSENT-12": 3, "NOTICE-01": 2, "NOTICE-02": 3, "NOTICE-04": 1, "NOTICE-07": 2,
    "RIGHTS-02": 2, "RIGHTS-03": 1, "RIGHTS-06": 2, "AIUSE-01": 3, "AIUSE-02": 3, "AIUSE-03": 2, "AIUSE-04": 2,
    "AIUSE-05": 1, "AIUSE-17": 1, "AIUSE-18": 2, "ACCESS-02": 1, "ACCESS-03": 2, "ACCESS-05": 2, "STORE-01": 2,
    "STORE-02": 2, "STORE-04": 2, "STORE-05": 3, "DEFEND-01": 3, "DEFEND-03": 3, "DEFEND-04": 1, "DEFEND-05": 1,
    "DEFEND-07": 2, "DEFEND-09": 1, "INCIDENT-01": 1, "INCIDENT-07": 2, "INCIDENT-09": 1, "PEOPLE-01": 2,
    "PEOPLE-03": 2, "PEOPLE-05": 3, "PEOPLE-06": 1, "PEOPLE-07": 3, "VENDOR-03": 2, "VENDOR-04": 3, "VENDOR-08": 0,
    "DEFEND-02": None, "INCIDENT-06": None, "VENDOR-06": None,
}  # fmt: skip
"""None where nobody in the bakery knows."""

LEFT_OUT = {"ACCESS-06": "None of our AI tools is linked to anything. We paste in what they need, and no order sheets."}
NOTES = {
    "ACCESS-02": "The mailbox has it. The till, the shop system and the chatbot account do not.\nAsk Luc in January.",
    "NOTICE-01": "Rewritten in March with the guild's template.",
    "DATA-03": "We never paste order sheets into the chat assistant. Names in reply drafts are fine.",
    "DATA-10": "One page on allergies and the chat assistant, written with the guild in June.",
    "AIUSE-18": "The chatbot says: for allergies, please ask at the counter.",
}
EVIDENCE = {
    "GOV-07": "Sheet “AI tools” in the shared folder, 12 May",
    "CONSENT-02": "Newsletter form with its tick box, list of dates in the mailing tool",
    "STORE-05": "Weekly backup mail, disk in the safe",
    "AIUSE-01": "Signed list from the workshop in April",
    "VENDOR-04": "Screenshots of the settings, 12 May",
}


def bakery_facts(scope: Scope) -> dict[str, FactAnswer]:
    """Its answers to the scope questions that it is asked, as far as the edition has their options."""
    options = {own.id: {option.id for option in own.options} for screen in scope.screens for own in screen.questions}
    given = {
        question: FactAnswer(frozenset(chosen))
        for question, chosen in FACTS.items()
        if options.get(question, set()).issuperset(chosen)
    }
    visible = {question.id for question in visible_questions(scope, given)}
    return {question: fact for question, fact in given.items() if question in visible}


def bakery_answer(question: Question, tags: frozenset[str]) -> RecordedAnswer:
    """Nobody there knows about a question that a later edition brings."""
    kind, level, reason = ScoredAnswerKind.UNKNOWN, LEVELS.get(question.id), ""
    if level is not None:
        kind = ScoredAnswerKind.LEVEL
    elif question.id in LEFT_OUT and question.offers_not_applicable(tags):
        kind, reason = ScoredAnswerKind.NOT_APPLICABLE, LEFT_OUT[question.id]
    note, evidence = NOTES.get(question.id, ""), EVIDENCE.get(question.id, "")
    return RecordedAnswer(question.id, kind, level, reason, note, evidence, answered_as="business")
