"""Forms for the smaller items of a bank: an edition's own texts, domains, citations, checklist items."""

from typing import Any, cast

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessments.bank.laws import Citation, Verification
from assessments.bank.types import ChecklistEntry, Domain, Edition
from assessments.editor.forms.condition import SAVE, ConditionField, with_one_more_way
from assessments.editor.forms.fields import EditionNameField, blank_first, long_text
from assessments.editor.services.drafts import About
from assessments.forms.style_controls import DayInput, style_controls
from assessments.models import ChecklistItem, CitationRow, DomainRow, EditionRow
from assessments.models.edition_choices import VerificationChoice


class VersionedForm(forms.Form):
    """`keep` is the version that a person saw in a conflict and wants to replace."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    keep = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        style_controls(self)

    @property
    def saves(self) -> bool:
        """Whether the pressed button asks to save."""
        return True

    @property
    def seen_version(self) -> int:
        return int(self.cleaned_data["keep"] or self.cleaned_data["version"] or 0)


class ConditionalForm(VersionedForm):
    """A form with a condition: a button may ask for one more tag or way instead of saving."""

    def __init__(self, data: QueryDict | None = None, *args: Any, edition: Edition, **kwargs: Any) -> None:
        self.action = data.get("do", SAVE) if data is not None else SAVE
        super().__init__(with_one_more_way(data) if data is not None else None, *args, **kwargs)
        tags = tuple((tag.id, tag.name) for tag in edition.scope.tags)
        for field in self.fields.values():
            if isinstance(field, ConditionField):
                field.tags = tags

    @property
    def saves(self) -> bool:
        return self.action == SAVE


def _length(model: Any, field: str) -> int:
    return int(model._meta.get_field(field).max_length)


class NewDraftForm(forms.Form):
    """The name of a draft that is copied from a published edition."""

    code = EditionNameField(
        label=_("Name of the new edition"), help_text=_("Short and never used again, such as 2027.1.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        style_controls(self)


class AboutForm(VersionedForm):
    """An edition's own texts."""

    title = forms.CharField(label=_("Title"), max_length=_length(EditionRow, "title"))
    law_status_as_of = forms.DateField(label=_("State of the law as of"), widget=DayInput)
    disclaimer = long_text(_("Disclaimer"), rows=3)

    field_order = ("title", "law_status_as_of", "disclaimer")

    def texts(self) -> About:
        return About(*(self.cleaned_data[name] for name in About._fields))


class DomainForm(VersionedForm):
    """A domain of `edition`, without its code."""

    title = forms.CharField(label=_("Title"), max_length=_length(DomainRow, "title"))
    pillar = forms.ChoiceField(label=_("Pillar"))
    promise = long_text(_("Promise: what is true when all is well"), max_length=_length(DomainRow, "promise"))
    who_knows = long_text(_("Who knows the answers"), max_length=_length(DomainRow, "who_knows"))

    field_order = ("code", "title", "pillar", "promise", "who_knows")

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pillars = blank_first((pillar.code, pillar.name) for pillar in edition.pillars)
        cast(forms.ChoiceField, self.fields["pillar"]).choices = pillars

    def domain(self, code: str) -> Domain:
        cleaned = self.cleaned_data
        return Domain(code, cleaned["title"], cleaned["pillar"], cleaned["promise"], cleaned["who_knows"])


class OtherDomainForm(VersionedForm):
    """The domain to which a question moves; `now_in` is the one to leave out."""

    domain = forms.ChoiceField(label=_("Move it to"))

    def __init__(self, *args: Any, edition: Edition, now_in: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = ((domain.code, domain.title) for domain in edition.domains if domain.code != now_in)
        cast(forms.ChoiceField, self.fields["domain"]).choices = blank_first(others)


class NewDomainForm(DomainForm):
    """A domain with its code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=_length(DomainRow, "code"),
        help_text=_("One word in capitals; the ids of its questions begin with it."),
        validators=[RegexValidator(r"\A[A-Z]{2,}\Z", _("Capital letters A to Z only."))],
    )

    def new_domain(self) -> Domain:
        return self.domain(self.cleaned_data["code"])


class CitationForm(VersionedForm):
    """An entry of the registry of citations of `edition`."""

    label = forms.CharField(label=_("Label"), max_length=_length(CitationRow, "label"))
    says = long_text(_("What it says, in our own words"))
    law = forms.ChoiceField(label=_("Law"))
    verification = forms.ChoiceField(label=_("How it was checked"), choices=VerificationChoice.choices)
    source = long_text(_("What was read"))
    unsettled = long_text(
        _("Not settled yet (optional)"),
        required=False,
        help_text=_("What nobody knows for certain, such as from when it counts."),
    )

    field_order = ("label", "says", "law", "verification", "source", "unsettled")

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        laws = [(law.code, law.name) for law in edition.laws]
        cast(forms.ChoiceField, self.fields["law"]).choices = blank_first(
            [*laws, ("standard", _("No law: a standard"))]
        )

    def citation(self) -> Citation:
        cleaned = self.cleaned_data
        return Citation(
            cleaned["label"],
            cleaned["says"],
            cleaned["law"],
            Verification(cleaned["verification"]),
            cleaned["source"],
            cleaned["unsettled"],
        )


class ItemForm(ConditionalForm):
    """A checklist item of `edition`, without its code."""

    text = long_text(_("The practice, in plain words"))
    concerns = ConditionField(label=_("Businesses it concerns"))

    field_order = ("code", "text", "concerns")

    def item(self, code: str) -> ChecklistEntry:
        return ChecklistEntry(code, self.cleaned_data["text"], self.cleaned_data["concerns"])


class NewItemForm(ItemForm):
    """A checklist item with its code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=_length(ChecklistItem, "code"),
        help_text=_("Such as S3-1."),
        validators=[RegexValidator(r"\A[A-Z0-9]+(-[A-Z0-9]+)*\Z", _("Capital letters, digits and hyphens only."))],
    )

    def new_item(self) -> ChecklistEntry:
        return self.item(self.cleaned_data["code"])
