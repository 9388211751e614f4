"""The first page under `./run`: its weight in bytes, its looks, and the sample report that anybody may open."""

import io
import urllib.request

import pikepdf
import pytest
from playwright.sync_api import CDPSession, Page, expect

from launch import processes
from tests.browser.accessibility import check_looks
from tests.browser.conftest import NARROW, WIDE, NewPage
from tests.launch.running import Product

MOST_BYTES = 60_000
MOST_FILES = 10
SAMPLE_SECONDS = 150


class Traffic:
    """What Chromium receives, headers included, as it comes over the wire."""

    def __init__(self, page: Page) -> None:
        self.sizes: list[int] = []
        listener: CDPSession = page.context.new_cdp_session(page)
        listener.send("Network.enable")
        listener.on("Network.loadingFinished", lambda event: self.sizes.append(int(event["encodedDataLength"])))


@pytest.mark.long
def test_the_first_page_is_light(new_embedded_page: NewPage) -> None:
    page = new_embedded_page()
    traffic = Traffic(page)
    answer = page.goto("/")
    page.wait_for_load_state("networkidle")
    assert answer is not None
    assert answer.headers["content-encoding"] == "gzip"
    assert 3 < len(traffic.sizes) <= MOST_FILES
    assert sum(traffic.sizes) <= MOST_BYTES


@pytest.mark.long
def test_every_file_of_it_comes_compressed(new_embedded_page: NewPage) -> None:
    page = new_embedded_page()
    plain: list[str] = []
    page.on("response", lambda answer: None if "content-encoding" in answer.headers else plain.append(answer.url))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    # The icon is so small that compressing saves too little.
    assert [url for url in plain if not url.endswith(".svg")] == []


@pytest.fixture
def sample(embedded_product: Product) -> bytes:
    """The file, once the worker that `./run` started has made it."""
    address = f"{embedded_product.url}/sample-report/"

    def content() -> bytes:
        with urllib.request.urlopen(address, timeout=30) as answer:
            found: bytes = answer.read()
            return found

    processes.wait_until(lambda: content().startswith(b"%PDF"), [], SAMPLE_SECONDS)
    return content()


@pytest.mark.long
def test_soon_there_is_a_whole_sample_report(new_embedded_page: NewPage, sample: bytes) -> None:
    page = new_embedded_page()
    page.goto("/")
    link = page.get_by_role("link", name="Open the whole sample report")
    assert link.get_attribute("href") == "/sample-report/"
    with pikepdf.open(io.BytesIO(sample)) as file:
        assert 4 <= len(file.pages) <= 6
        assert "Boulangerie du Quai" in str(file.docinfo["/Title"])


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, 360, WIDE])
@pytest.mark.long
def test_it_looks_well(new_embedded_page: NewPage, width: int, dark: bool) -> None:
    page = new_embedded_page(width=width, dark=dark)
    page.goto("/")
    check_looks(page)
    expect(page.locator(".btn-primary")).to_have_count(1)
