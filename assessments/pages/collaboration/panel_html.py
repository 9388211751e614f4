"""The HTML beside the questions of a domain.

Beside most questions nobody has said anything. What stands there differs by the question's code alone: a page lays it
out once and puts the codes in.
"""

from collections.abc import Mapping
from dataclasses import replace

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from assessments.models import Assessment
from assessments.pages.collaboration.side_panels import DomainCollaboration, QuestionSidePanel

# Where the code goes. No name and no text holds a NUL character: the databases and the forms refuse it.
PLACE = "\0"


def panels_html(assessment: Assessment, collaboration: DomainCollaboration) -> Mapping[str, SafeString]:
    """By question."""
    quiet = [code for code, panel in collaboration.panels.items() if panel.is_quiet]
    laid_out = {
        code: _laid_out(assessment, collaboration, panel)
        for code, panel in collaboration.panels.items()
        if not panel.is_quiet
    }
    if quiet:
        html = _laid_out(assessment, collaboration, replace(collaboration.panels[quiet[0]], question=PLACE))
        laid_out |= {code: mark_safe(html.replace(PLACE, escape(code))) for code in quiet}  # noqa: S308 (escaped)
    return laid_out


def _laid_out(assessment: Assessment, collaboration: DomainCollaboration, panel: QuestionSidePanel) -> SafeString:
    context = {"assessment": assessment, "collaboration": collaboration, "beside": panel}
    return render_to_string("assessments/_side_panel.html", context)
