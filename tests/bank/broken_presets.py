"""The documents of `broken`, and more of them: presets and the quick check."""

from tests.bank.broken import BROKEN, Break, Plain, drop, put, scope_question


def a_preset(document: Plain) -> Plain:
    found: Plain = document["presets"][0]
    return found


def quick_check(document: Plain) -> Plain:
    found: Plain = document["quick_check"]
    return found


MISTAKES: dict[str, tuple[Break, str]] = {
    **BROKEN,
    "option that says nothing": (
        lambda document: scope_question(document)["options"][0].update(says=""),
        "scope first, questions base, options eu, says: expected text, found nothing",
    ),
    "preset without a name": (drop(a_preset, "name"), "presets kiosk: name is missing"),
    "preset without facts": (put(a_preset, "facts", []), "presets kiosk, facts: expected at least one, found none"),
    "preset fact without options": (
        put(a_preset, "facts", [{"question": "base"}]),
        "presets kiosk, facts, entry 1: options is missing",
    ),
    "preset fact for a text": (
        put(a_preset, "facts", [{"question": "base", "options": ["eu"], "when": "ai.tools"}]),
        "presets kiosk, facts, entry 1, when: expected named entries, found text",
    ),
    "preset that asks for nothing": (
        put(a_preset, "asks", []),
        "presets kiosk, asks: expected at least one, found none",
    ),
    "quick check without questions": (drop(quick_check, "questions"), "quick_check: questions is missing"),
    "quick check without facts": (
        put(quick_check, "facts", []),
        "quick_check, facts: expected at least one, found none",
    ),
    "quick check of none": (
        put(quick_check, "most", 0),
        "quick_check, most: expected a whole number from 1 to 20, found 0",
    ),
}
