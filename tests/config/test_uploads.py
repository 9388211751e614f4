"""Requests that are too large are refused before they are read, and pages are not cached."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client, RequestFactory

from config.middleware.uploads import MAX_UPLOAD_BYTES, UploadLimitMiddleware


def test_too_much_is_refused_before_a_byte_of_it_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TemporaryUploadedFile, "__init__", lambda *_args: pytest.fail("it was stored"))
    large = SimpleUploadedFile("large", b"a" * MAX_UPLOAD_BYTES)
    answer = Client(enforce_csrf_checks=True).post("/account/sign-in/", {"file": large})
    assert answer.status_code == 413
    assert "larger than 11 MB" in answer.content.decode()


@pytest.mark.parametrize(("announced", "passes"), [(MAX_UPLOAD_BYTES, True), (MAX_UPLOAD_BYTES + 1, False), ("", True)])
def test_to_the_byte(rf: RequestFactory, announced: object, passes: bool) -> None:
    request = rf.post("/")
    request.META["CONTENT_LENGTH"] = str(announced)
    reached: list[object] = []
    answer = UploadLimitMiddleware(lambda request: reached.append(request) or rf)(request)  # type: ignore[arg-type,func-returns-value,return-value]
    assert bool(reached) is passes
    assert passes or answer.status_code == 413
