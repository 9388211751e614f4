"""The steps of a question, and how somebody finds out where they stand."""

from assessments.bank.document.entry import Entry, in_words
from assessments.bank.document.fields import Fields, fields
from assessments.bank.steps import Effort, FindOutHint, Step, StepCost, StepDoer, StepLink, StepVariant

# From 5 minutes to a working week.
FEWEST_MINUTES, MOST_MINUTES = 1, 2400
TOP_STEP = 4
MAX_LINKS = 3


def read_steps(f: Fields) -> tuple[tuple[Step, ...], str, Effort | None]:
    """The steps to levels 1 to 4; or none, and the one first step of an older edition with its effort."""
    found, older = f.optional("steps"), f.optional("first_step")
    if found is None and older is not None:
        with fields(older) as step:
            return (), step.text("text"), step.choice("effort", Effort)
    if older is not None:
        older.refuse("steps are given as well: only older editions have a first_step instead")
    steps = f.many("steps", _step)
    wanted = list(range(1, TOP_STEP + 1))
    if found and steps and [step.to for step in steps] != wanted:
        found.refuse(f"expected {in_words(TOP_STEP)} steps, to 1, 2, 3 and 4, in this order")
    return steps, "", None


def read_find_out(entry: Entry) -> FindOutHint:
    with fields(entry) as f:
        return FindOutHint(text=f.text("text"), minutes=f.whole("minutes", FEWEST_MINUTES, MOST_MINUTES))


def _step(entry: Entry) -> Step:
    with fields(entry) as f:
        return Step(
            to=f.whole("to", 1, TOP_STEP),
            text=f.text("text"),
            done_when=f.text("done_when"),
            minutes=f.whole("minutes", FEWEST_MINUTES, MOST_MINUTES),
            cost=f.choice("cost", StepCost),
            who=f.choice("who", StepDoer),
            pays_for=f.optional_text("pays_for"),
            links=_links(f),
            solo=f.optional_text("solo"),
            variants=f.optional_many("variants", _variant),
        )


def _variant(entry: Entry) -> StepVariant:
    with fields(entry) as f:
        minutes = f.optional("minutes")
        return StepVariant(
            when=f.condition("when"),
            text=f.text("text"),
            done_when=f.optional_text("done_when"),
            minutes=minutes.whole(FEWEST_MINUTES, MOST_MINUTES) if minutes else None,
            links=_links(f),
        )


def _links(f: Fields) -> tuple[StepLink, ...]:
    links = f.optional_many("links", _link)
    found = f.optional("links")
    if found and len(links) > MAX_LINKS:
        found.refuse(f"expected at most {in_words(MAX_LINKS)}, found {in_words(len(links))}")
    return links


def _link(entry: Entry) -> StepLink:
    with fields(entry) as f:
        link = StepLink(
            product=f.text("for"), label=f.text("label"), url=f.optional_text("url"), path=f.optional_text("path")
        )
    if entry.shape == "map" and bool(link.url) == bool(link.path):
        entry.refuse("expected either url or path")
    return link
