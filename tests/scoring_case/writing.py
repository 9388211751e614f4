"""Cases written briefly: each test says only what it is about."""

from datetime import date

from assessments.bank.errors import DocumentError
from assessments.bank.types import Edition, NotApplicable
from assessments.scoring_case.places import located
from assessments.scoring_case.reader import CaseReading, read_case
from tests.bank.making import edition, question, when

TODAY = date(2026, 11, 21)
BANK = edition(
    question("DATA-01"),
    question("DATA-02", not_applicable=NotApplicable.NEVER, not_applicable_hint=""),
    question("AIUSE-01", applies_when=when("uses_ai")),
    id="2026.1",
)
HEAD = "depth: full\nfacts: {base: eu, ai: none}\n"


def read(text: str, name: str = "case.yaml", *editions: Edition) -> CaseReading:
    return read_case(text, name, editions or (BANK,), TODAY)


def refusals(text: str, name: str = "case.yaml", *editions: Edition) -> list[str]:
    """What is said of a file that cannot be scored, as it is said."""
    try:
        read(text, name, *editions)
    except DocumentError as error:
        return [located(problem) for problem in error.problems]
    raise AssertionError("nothing is wrong with this case")


def warnings(text: str) -> list[str]:
    return [located(problem) for problem in read(text).warnings]
