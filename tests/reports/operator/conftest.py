from collections.abc import Callable

import pytest
from django.conf import LazySettings

from reports.operator.details import Operator
from tests.reports.operator.files import example, filled

OPERATORS: dict[str, Callable[[], Operator | None]] = {"filled": filled, "example": example, "nobody": lambda: None}


@pytest.fixture(params=OPERATORS)
def any_operator(request: pytest.FixtureRequest, settings: LazySettings) -> Operator | None:
    """The pages as filled, as the example, and as nobody filled them."""
    operator = OPERATORS[request.param]()
    settings.OPERATOR = operator
    return operator
