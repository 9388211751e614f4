"""Problems are placed in the words of the forms: nobody has to know how a document calls its parts."""

import re
from pathlib import Path

import pytest
import yaml

from assessments.bank import checks
from assessments.bank.document.reader import read_edition
from assessments.bank.errors import DocumentError
from assessments.editor.pages.places import place_in_words
from assessments.models.edition_choices import FindingChoice, NotApplicableChoice
from tests.bank.broken import BROKEN, Break, broken

# What only a document calls so.
CODES = re.compile(r"[a-z]_[a-z]|entry [0-9]|min level|applies when|set when|caps pillar|find out text")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("questions DATA-01, not_applicable", "DATA-01, “Doesn’t apply”"),
        ("questions DATA-01, gates, entry 2, when, entry 1", "DATA-01, Gate 2, Only for some businesses, way 1"),
        ("questions DATA-01, duties, entry 1, citations", "DATA-01, Duty 1, Citations"),
        ("questions DATA-01, steps, to 3, done_when", "DATA-01, Step to level 3, Done when"),
        ("questions DATA-01, levels, level 2", "DATA-01, Level 2"),
        ("questions DATA-01, citations GDPR Art. 5(1), (2)", "DATA-01, Citations GDPR Art. 5(1), (2)"),
        ("citations GDPR Art. 5(1), (2), verification", "Citation GDPR Art. 5(1), (2), How it was checked"),
        ("scope question base, options eu, authority", "Scope question base, Options eu, Authority"),
        ("tags gdpr, set_when, entry 1", "Scope tag gdpr, Rule 1"),
        ("laws gdpr, authority_else, entry 2", "Law gdpr, Rule 2 of the other authorities"),
        ("dates 2026-08-02", "Law date 2026-08-02"),
        ("damage_first", "Order of gates about harm"),
        ("readability_exceptions", "Questions that may be harder to read"),
        ("questions", ""),
        ("", ""),
    ],
)
def test_places_are_said_in_the_words_of_the_forms(place: str, words: str) -> None:
    assert place_in_words(place) == words


@pytest.mark.parametrize("make", [make for make, _ in BROKEN.values()], ids=BROKEN.keys())
def test_whatever_is_wrong_no_place_is_said_in_the_words_of_a_document(make: Break) -> None:
    with pytest.raises(DocumentError) as refused:
        read_edition({"": yaml.safe_dump(broken(make))})
    for problem in refused.value.problems:
        assert not CODES.search(place_in_words(problem.place)), problem.place


def test_checks_call_choices_as_the_form_does() -> None:
    """They are written in a room that knows no form."""
    source = "\n".join(path.read_text("utf-8") for path in Path(checks.__file__).parent.glob("*.py"))
    named = set(re.findall("“([^”{]+)”", source))
    labels = {str(label) for kind in (NotApplicableChoice, FindingChoice) for label in kind.labels}
    assert named == {"Always offered", "Never offered", "Offered while no gate is active", "Would be missed on the day"}
    assert named <= labels
