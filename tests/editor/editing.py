"""A bank editor at the browser: opens a page, types, presses a button."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from assessments.bank.types import Edition, Question
from assessments.editions.stored import read_edition_rows
from assessments.models import EditionRow
from tests.pages import parse, sends

Typed = Mapping[str, Any]


def bank_of(draft: EditionRow) -> Edition:
    return read_edition_rows(draft.pk)


@dataclass
class Editing:
    client: Client
    draft: EditionRow

    def url(self, name: str, *args: object) -> str:
        return reverse(name, args=[self.draft.code, *args])

    def open(self, name: str, *args: object) -> Element:
        response = self.client.get(self.url(name, *args))
        assert response.status_code == 200
        return parse(response)

    def form(self, name: str, /, *args: object, **typed: Any) -> dict[str, Any]:
        """What the page's form sends with some fields changed."""
        return {**form_of(self.open(name, *args)), **typed}

    def press(self, name: str, *args: object, sent: Typed, do: str = "save") -> HttpResponseBase:
        return self.client.post(self.url(name, *args), {**sent, "do": do})

    def question(self, code: str) -> Question:
        return bank_of(self.draft).question[code]


def form_of(root: Element) -> dict[str, Any]:
    """What the form with the most controls sends: the main form of the page."""
    forms = [form for form in root.iter("form") if form.get("method") == "post"]
    return max((sends(form) for form in forms), key=len)
