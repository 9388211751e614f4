"""The table of docs/yardstick.md, from the code. `python -m tests.own_rules.yardstick` writes it into the page."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "yardstick.md"
HEAD = "| question | what is asked | by the software | shown by | the operator’s task | what shows that it was done |"
AFTER = "\n\n## What is written down"


def table() -> str:
    """In the order of the bank."""
    from assessments.editions.shipped import shipped_editions
    from assessments.own_rules.answers import asked_of_us
    from assessments.own_rules.rules.table import OWN_RULES

    lines = [HEAD, "|---|---|---|---|---|---|"]
    for question, rule in asked_of_us(shipped_editions()[-1], OWN_RULES):
        places = ", ".join(_place(each) for each in rule.shown_by)
        needs = ", ".join(f"`{need.value}`" for need in rule.needs) or "nothing is left to do"
        task = str(rule.task) or "none"
        lines.append(f"| {rule.code} | {question.text} | yes: {rule.does} | {places} | {task} | {needs} |")
    return "\n".join(lines)


def _place(text: str) -> str:
    name, comma, heading = text.partition(", ")
    return f"`{name}`{comma}{heading}"


def write() -> None:
    text = PAGE.read_text("utf-8")
    before, _head, rest = text.partition(HEAD)
    PAGE.write_text(before + table() + AFTER + rest.partition(AFTER)[2], "utf-8")


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    django.setup()
    write()
