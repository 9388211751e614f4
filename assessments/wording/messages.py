"""A step as a message to whoever is to do it, such as an IT helper who never sees the result."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from assessments.wording.plan import PlanStepWords


def step_message(step: PlanStepWords) -> str:
    """Plain text of the next step alone: what to do, when it is done, how long it takes, where to find it."""
    return "\n\n".join(_paragraphs(step))


def _paragraphs(step: PlanStepWords) -> Iterator[str]:
    yield _("Hello, could you please do this for us?")
    yield step.step.text
    yield from (part for part in (step.step.done, step.step.facts) if part)
    if step.step.links:
        yield "\n".join(f"{link.name}: {link.code or link.place}" for link in step.step.links)
    if step.reason:
        yield _("Why it matters: %(reason)s") % {"reason": step.reason}
    yield _("Please tell me when it is done, or what is in the way. Thank you!")
