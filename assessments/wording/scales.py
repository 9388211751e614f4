"""Names from the scales of an edition, and of what a step costs, who can do it and with which product."""

from django.utils.translation import gettext as _

from assessments.bank.steps import StepCost, StepDoer
from assessments.bank.types import Depth, Edition, Gate

# Names of products are the same in every language. Links for "any" product or an authority name their place themselves.
PRODUCTS = {
    "android": "Android",
    "apple": "Apple",
    "california": "California",
    "chatgpt": "ChatGPT",
    "claude": "Claude",
    "copilot": "Microsoft Copilot",
    "gemini": "Google Gemini",
    "github": "GitHub",
    "gitlab": "GitLab",
    "google": "Google",
    "mac": "Mac",
    "microsoft": "Microsoft",
    "microsoft365": "Microsoft 365",
    "shopify": "Shopify",
    "windows": "Windows",
    "wix": "Wix",
    "wordpress": "WordPress",
    "zapier": "Zapier",
}


def level_name(edition: Edition, level: int) -> str:
    """ "Basics work" """
    return edition.scale[level].name


def gate_name(edition: Edition, gate: Gate) -> str:
    return next(step.name for step in edition.gate_kinds if step.code == gate.kind.value)


def depth_name(depth: Depth) -> str:
    """The depth's name for people, in the active language."""
    return {Depth.QUICK: _("Quick"), Depth.STANDARD: _("Standard"), Depth.FULL: _("Full")}[depth]


def cost_text(cost: StepCost, pays_for: str) -> str:
    """ "small cost: one more user in your email service" """
    if cost is StepCost.NONE:
        return _("costs only time")
    size = _("small cost") if cost is StepCost.SMALL else _("larger cost")
    return _("%(size)s: %(what)s") % {"size": size, "what": pays_for} if pays_for else size


def doer_text(who: StepDoer) -> str:
    """Who usually can do a step."""
    return {
        StepDoer.OWNER: _("you can do it yourself"),
        StepDoer.OFFICE: _("for the office"),
        StepDoer.WEB: _("for whoever looks after the website"),
        StepDoer.IT_HELPER: _("for your IT helper"),
        StepDoer.ADVISER: _("for an adviser"),
        StepDoer.SUPPLIER: _("for your supplier"),
    }[who]


def product_name(code: str) -> str:
    """Empty where the label of a link says enough."""
    return PRODUCTS.get(code, "")
