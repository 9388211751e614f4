"""Why a change is refused, in words for the person who asked for it."""


class ChangeRefused(Exception):
    """The change is not possible now; the message says why and what to do. Shown as a page with `status`."""

    status = 409

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
