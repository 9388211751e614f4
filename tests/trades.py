"""The shipped edition with two trades of the tests' own, and runs of it."""

from dataclasses import replace

from assessments.bank.conditions import Clause, Condition
from assessments.bank.scope_types import Preset, PresetFact
from assessments.bank.types import Edition

NOT_US = Condition((Clause(none=("country.us_tx", "country.us_ca", "country.us_co", "country.us_other")),))


def none_at(*questions: str) -> tuple[PresetFact, ...]:
    return tuple(PresetFact(question, ("none",)) for question in questions)


COPYWRITER = Preset(
    "copywriter",
    "Copywriter",
    (
        *none_at("base", "follows", "habits", "ai_people", "special", "children", "yes_first", "pass_on"),
        PresetFact("offers", ("none",)),
        PresetFact("california", ("no",)),
        PresetFact("setup", ("website",)),
        PresetFact("large", ("no",)),
        PresetFact("ai_body", ("no",)),
        PresetFact("ai_eu", ("no",)),
        PresetFact("trackers", ("none",)),
        PresetFact("body", ("no",)),
    ),
    examples="texts, blogs, translations",
    group="Words and pictures",
)
SHOP = Preset(
    "online_shop",
    "Online shop",
    (
        *none_at("base", "follows", "habits", "ai_people", "special", "children"),
        PresetFact("offers", ("eu",), NOT_US),
        PresetFact("california", ("no",)),
        PresetFact("setup", ("website",)),
        PresetFact("large", ("no",)),
        PresetFact("ai_body", ("no",)),
        PresetFact("body", ("no",)),
        PresetFact("yes_first", ("newsletter",)),
    ),
    group="Trade",
)


def with_presets(edition: Edition) -> Edition:
    return replace(edition, presets=(COPYWRITER, SHOP))
