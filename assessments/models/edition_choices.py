"""What the columns of a bank edition may hold, with names for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EditionStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


class DepthChoice(models.TextChoices):
    """The values of the bank's `Depth`, with names for people."""

    QUICK = "quick", _("Quick")
    STANDARD = "standard", _("Standard")
    FULL = "full", _("Full")


class PillarChoice(models.TextChoices):
    """The pillars that a domain can count for, with names for people."""

    PRIVACY = "privacy", _("Privacy")
    SECURITY = "security", _("Security")
    RESPONSIBLE_AI = "responsible_ai", _("Responsible AI")


class GateKindChoice(models.TextChoices):
    LEGAL_STOP = "legal_stop", _("Stop or change first")
    LEGAL = "legal", _("Not lawful now")
    HARM = "harm", _("Would go wrong on the day")
    FOUNDATION = "foundation", _("Not looked at yet")


class EffortChoice(models.TextChoices):
    SMALL = "S", _("Small")
    MEDIUM = "M", _("Medium")
    LARGE = "L", _("Large")


class FindingChoice(models.TextChoices):
    """What an unmet duty means."""

    NOW = "now", _("Not lawful now")
    ON_THE_DAY = "on_the_day", _("Would be missed on the day")


class NotApplicableChoice(models.TextChoices):
    """When "not applicable" is offered as an answer."""

    ALWAYS = "always", _("Always offered")
    WITHOUT_GATE = "without_gate", _("Offered while no gate is active")
    NEVER = "never", _("Never offered")


class VerificationChoice(models.TextChoices):
    """How a citation was checked."""

    TEXT = "text", _("Text read")
    SECONDARY = "secondary", _("Other source read")
    MEMORY = "memory", _("From memory")


class LawChoice(models.TextChoices):
    GDPR = "gdpr", _("EU GDPR")
    UK_GDPR = "uk_gdpr", _("UK GDPR")
    CCPA = "ccpa", _("CCPA")
    CALIFORNIA = "california", _("California, any size")
    EU_AI_ACT = "eu_ai_act", _("EU AI Act")
    STANDARD = "standard", _("Standard or guidance")


class MeaningChoice(models.TextChoices):
    """What an editor says about a changed question; blank leaves it to the rule."""

    SAME = "same", _("Same meaning")
    CHANGED = "changed", _("Changed meaning")
