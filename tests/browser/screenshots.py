"""The pictures of the README, taken of the demo that `./run` makes: python -m tests.browser.screenshots"""

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from launch.machine import CHROMIUM_NAMES, find_program
from tests.launch.running import Product, running_product

FOLDER = Path(__file__).resolve().parent.parent.parent / "docs" / "images"
WIDTH, HEIGHT, COLOURS = 1200, 800, 96


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        running_product(Path(folder) / "data") as product,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=find_program(*CHROMIUM_NAMES), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        page = browser.new_page(base_url=product.url, viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB")
        take(page, product)
        browser.close()


def take(page: Page, product: Product) -> None:
    page.goto("/")
    keep(page, "landing")
    page.goto(next(word for word in product.said.split() if "/sign-in/" in word))
    page.get_by_role("button", name="Sign in").click()
    page.goto("/home/")
    business = page.url
    page.get_by_role("link", name="Go on").click()
    page.get_by_role("link", name="Who gets in").click()
    page.locator("#ACCESS-02").scroll_into_view_if_needed()
    keep(page, "questions")
    page.goto(business)
    page.get_by_role("link", name="Result of").first.click()
    keep(page, "result")


def keep(page: Page, name: str) -> None:
    """Few colours make small files, and no one sees the difference."""
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS)
    picture.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
