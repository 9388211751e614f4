"""Moving through a page with the keyboard alone."""

from playwright.sync_api import Locator, Page, expect

MOST_STEPS = 60
IS_FOCUSED = "element => element === document.activeElement"


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus; it must come within reach, and its focus must be visible."""
    for _ in range(MOST_STEPS):
        if target.evaluate(IS_FOCUSED):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {target}")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    tab_to(page, target)
    page.keyboard.press(key)


def type_into(page: Page, target: Locator, words: str) -> None:
    tab_to(page, target)
    page.keyboard.type(words)


def choose(page: Page, group: Locator, value: str) -> None:
    """A choice of a radio group by the arrow keys, or a box by the space bar."""
    target = group.locator(f'input[value="{value}"]:not([type=hidden])')
    if target.get_attribute("type") == "checkbox":
        press(page, target, "Space")
    else:
        # Of a group in which something is chosen already, Tab reaches that alone.
        chosen = group.locator("input[type=radio]:checked")
        tab_to(page, chosen.first if chosen.count() else group.locator("input[type=radio]").first)
        page.keyboard.press("Space")
        while not target.is_checked():
            page.keyboard.press("ArrowDown")
    expect(target).to_be_checked()
