"""What a journey through the pages costs: screens seen, clicks or keys, and words shown, stage by stage.

A list counts twice (open it, choose), a text field once, however long what is typed.
Words are those that `main` shows: nothing inside a closed disclosure or a closed list.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

PATIENCE_MILLISECONDS = 60_000
SHOWN_WORDS = """() => {
    const count = (text) => text.split(/\\s+/).filter(Boolean).length;
    const main = document.querySelector("main");
    const lists = [...main.querySelectorAll("select")].filter((each) => each.checkVisibility());
    return count(main.innerText) - lists.reduce((sum, list) => sum + count(list.innerText), 0);
}"""


@dataclass
class Cost:
    screens: int = 0
    clicks: int = 0
    words: int = 0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.screens + other.screens, self.clicks + other.clicks, self.words + other.words)


@dataclass
class CountedJourney:
    """`visit` is called on every new screen."""

    page: Page
    visit: Callable[[Page], None] = field(default=lambda page: None)
    stages: dict[str, Cost] = field(default_factory=dict)

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def stage(self, name: str) -> None:
        """What is counted from here on belongs to this stage."""
        self.stages[name] = Cost()

    def until(self, last: str) -> Cost:
        """All stages from the first to the last named one."""
        names = list(self.stages)
        return sum((self.stages[name] for name in names[: names.index(last) + 1]), Cost())

    def see(self) -> None:
        """A new screen is there."""
        self._count(Cost(screens=1, words=self.page.evaluate(SHOWN_WORDS)))
        self.visit(self.page)

    def click(self, what: Locator) -> None:
        what.click()
        self._count(Cost(clicks=1))

    def tick(self, name: str, value: str) -> None:
        box = self.page.locator(f"input[name={name}][value={value}]")
        self.click(self.page.locator(f"label[for={box.get_attribute('id')}]"))

    def choose(self, name: str, value: str) -> None:
        self.page.locator(f"select[name={name}]").select_option(value)
        self._count(Cost(clicks=2))

    def fill(self, label: str, words: str) -> None:
        self.page.get_by_label(label).fill(words)
        self._count(Cost(clicks=1))

    def key(self, key: str) -> None:
        self.page.keyboard.press(key)
        self._count(Cost(clicks=1))

    def leave(self, what: Locator) -> None:
        """To the next screen, which may be another part of the same page."""
        with self.page.expect_navigation(timeout=PATIENCE_MILLISECONDS):
            self.click(what)

    def leave_by_key(self, key: str) -> None:
        """The same by a key."""
        with self.page.expect_navigation(timeout=PATIENCE_MILLISECONDS):
            self.key(key)

    def go(self, what: Locator) -> None:
        self.leave(what)
        self.see()

    def _count(self, cost: Cost) -> None:
        name = next(reversed(self.stages))
        self.stages[name] += cost
