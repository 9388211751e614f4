"""Forms for working on one run together. Only people who may see the run can be chosen."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessments.forms.question import NoteField
from assessments.models import Verdict
from assessments.models.collaboration import COMMENT_LENGTH, REVIEW_NOTE_LENGTH

NOT_AMONG = _("Choose one of the people shown. Somebody may have lost access in the meantime.")


def _people(people: Mapping[str, User], nobody: Any) -> list[tuple[str, Any]]:
    return [("", nobody), *((key, str(person)) for key, person in people.items())]


class AssignForm(forms.Form):
    """Who answers each domain. Each choice is sent with what the page showed, so that only what this person changed
    is saved."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        domains: Mapping[str, str],
        people: Iterable[User],
        answers_now: Mapping[str, User],
    ) -> None:
        super().__init__(data)
        self.domains = domains
        self.people = {str(person.pk): person for person in people}
        for code, title in domains.items():
            initial = str(answers_now[code].pk) if code in answers_now else ""
            self.fields[f"who-{code}"] = forms.ChoiceField(
                label=title,
                required=False,
                choices=_people(self.people, _("Nobody in particular")),
                initial=initial,
                error_messages={"invalid_choice": NOT_AMONG},
            )
            self.fields[f"was-{code}"] = forms.CharField(
                required=False, max_length=20, initial=initial, widget=forms.HiddenInput
            )

    @property
    def lines(self) -> list[tuple[Any, Any]]:
        return [(self[f"who-{code}"], self[f"was-{code}"]) for code in self.domains]

    def chosen(self) -> dict[str, User | None]:
        """What this person changed; None for nobody."""
        given = self.cleaned_data
        return {
            code: self.people.get(given[f"who-{code}"])
            for code in self.domains
            if f"who-{code}" in self.data and given[f"who-{code}"] != given[f"was-{code}"]
        }


class CommentForm(forms.Form):
    """A comment on one question; `people` are those who can be asked."""

    text = NoteField(
        max_length=COMMENT_LENGTH,
        error_messages={
            "required": _("Write your comment first."),
            "max_length": _("This comment is too long: %(show_value)d characters, at most %(limit_value)d."),
        },
        widget=forms.Textarea,
    )
    in_report = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict | None = None, *, question: str, people: Iterable[User]) -> None:
        super().__init__(data, prefix=comment_prefix(question))
        self.question = question
        self.people = {str(person.pk): person for person in people}
        self.fields["asked"] = forms.ChoiceField(
            required=False, choices=_people(self.people, ""), error_messages={"invalid_choice": NOT_AMONG}
        )

    @property
    def asked_person(self) -> User | None:
        return self.people.get(self.cleaned_data["asked"])


class ReviewForm(forms.Form):
    """A review of one answer; disputing it requires a note that says why."""

    verdict = forms.ChoiceField(choices=Verdict.choices, error_messages={"required": _("Choose “Agree” or “Dispute”.")})
    note = NoteField(required=False, max_length=REVIEW_NOTE_LENGTH, widget=forms.Textarea)
    version = forms.IntegerField(min_value=1)

    def __init__(self, data: QueryDict | None = None, *, question: str) -> None:
        super().__init__(data, prefix=review_prefix(question))
        self.question = question

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("verdict") == Verdict.QUESTIONS and not cleaned.get("note") and "note" in cleaned:
            self.add_error("note", _("Say in a few words why you dispute it."))
        return cleaned


def comment_prefix(question: str) -> str:
    """What the field names of the question's comment form begin with: a page has a form for each question."""
    return f"comment-{question}"


def review_prefix(question: str) -> str:
    """What the field names of the question's review form begin with."""
    return f"review-{question}"


def seen_versions(data: QueryDict, questions: Iterable[str]) -> dict[str, int]:
    """By question, the versions of the answers that a page showed. It sends them as "ACCESS-02:3".

    Anything that is not about one of `questions` is ignored.
    """
    known = set(questions)
    pairs = (value.partition(":") for value in data.getlist("seen"))
    return {question: int(number) for question, _colon, number in pairs if question in known and _is_version(number)}


def _is_version(number: str) -> bool:
    return number.isascii() and number.isdecimal() and len(number) < 10
