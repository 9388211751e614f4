"""What stands in the way of a change, in words for the person who wanted it."""


class ChangeRefused(Exception):
    """A change that is not possible now; the message says why and what to do. Becomes a page with status 409."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
