from collections.abc import Callable

from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.conftest import NewPage
from tests.factories import UserFactory
from tests.launch.running import Product


def test_a_signed_in_page_is_the_persons_own(page: Page, sign_in: Callable[[Page, User], None]) -> None:
    sign_in(page, UserFactory.create(email="ada@example.org"))
    page.goto("/settings/")
    expect(page.locator("main")).to_contain_text("ada@example.org")


def test_without_javascript_no_script_runs(no_script_page: Page) -> None:
    no_script_page.set_content("<p>still here</p><script>document.body.textContent = 'ran'</script>")
    expect(no_script_page.locator("body")).to_contain_text("still here")


def test_a_demo_link_signs_in_on_the_embedded_default(new_embedded_page: NewPage, embedded_product: Product) -> None:
    page = new_embedded_page()
    link = next(word for word in embedded_product.said.split() if "/sign-in/" in word)
    page.goto(link)
    page.get_by_role("button").first.click()
    page.goto("/settings/")
    expect(page.locator("main")).to_contain_text("@")
