"""What a browser sends and sees where people work together."""

from xml.etree.ElementTree import Element

from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from assessments.models import Assessment
from tests.collaboration import QUESTION
from tests.pages import by_id, controls, parse


def as_person(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def domain_page(client: Client, run: Assessment, query: str = "") -> Element:
    return parse(client.get(f"/assessments/{run.pk}/domains/ACCESS/{query}"))


def send_comment(client: Client, run: Assessment, question: str = QUESTION, **fields: object) -> HttpResponse:
    data = {f"comment-{question}-{name}": value for name, value in fields.items()}
    return client.post(f"/assessments/{run.pk}/comments/{question}/", data)  # type: ignore[return-value]


def send_review(client: Client, run: Assessment, verdict: str, note: str = "", version: int = 1) -> HttpResponse:
    data = {"verdict": verdict, "note": note, "version": version}
    url = f"/assessments/{run.pk}/reviews/{QUESTION}/"
    return client.post(url, {f"review-{QUESTION}-{name}": value for name, value in data.items()})  # type: ignore[return-value]


def thread(page: Element) -> Element:
    return by_id(page, f"talk-{QUESTION}")


def beside(page: Element) -> Element:
    return by_id(page, f"review-{QUESTION}")


def names(root: Element) -> set[str]:
    return {control.name for control in controls(root)}
