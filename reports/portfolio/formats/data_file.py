"""A portfolio as JSON: the told values. Of a client it holds no more than the pages say."""

import json
from collections.abc import Mapping
from typing import Any

from assessments.presentation.as_json import json_value
from reports.formats.renderer import RenderedReport
from reports.portfolio.document.types import PortfolioDocument
from reports.portfolio.told.types import BankPortfolio, LevelRange, PortfolioClient

FORMAT = 1


def render_portfolio_json(document: PortfolioDocument) -> RenderedReport:
    """UTF-8 with a line end, indented, so that two files can be compared line by line."""
    text = json.dumps(portfolio_data(document), ensure_ascii=False, indent=1)
    return RenderedReport(f"{text}\n".encode(), pages=None)


def portfolio_data(document: PortfolioDocument) -> dict[str, Any]:
    """Plain values in a fixed order, in the shape of `assessments/presentation/as_json.py`."""
    told = document.told
    return {
        "format": FORMAT,
        "kind": "portfolio",
        "title": document.title,
        "language": document.language,
        "day": told.day.isoformat(),
        "anonymous": document.anonymous,
        "clients": told.clients,
        "with_results": told.with_results,
        "reviews": None if document.anonymous else json_value(told.reviews),
        "banks": [_bank(bank) for bank in told.banks],
        "without_result": [_named(client) for client in told.without],
        "notice": document.cover.notice,
    }


def _bank(bank: BankPortfolio) -> dict[str, Any]:
    return {
        "bank": bank.bank,
        "title": bank.title,
        "editions": list(bank.editions),
        "totals": json_value(bank.totals),
        "pillars": json_value(bank.pillars),
        "domains": json_value(bank.domains),
        "questions": json_value(bank.questions),
        "attention": [{"client": each.client.number, "reasons": json_value(each.reasons)} for each in bank.attention],
        "clients": [_client(client) for client in bank.clients],
    }


def _named(client: PortfolioClient) -> dict[str, Any]:
    return {"number": client.number, "name": client.name, "review_on": json_value(client.review_on)}


def _client(client: PortfolioClient) -> dict[str, Any]:
    result = client.result
    if result is None:
        return _named(client)
    return {
        **_named(client),
        "edition": result.edition,
        "finished_on": result.finished_on.isoformat(),
        "depth": result.depth.value,
        "pillars": _ranges(result.pillars),
        "domains": _ranges(result.domains),
        "not_lawful_now": result.not_lawful_now,
        "urgent_gaps": result.urgent_gaps,
        "open_duties": result.open_duties,
        "starts": json_value(result.starts),
        "first_step": result.first_step,
    }


def _ranges(reached: Mapping[str, LevelRange]) -> dict[str, Any]:
    return {code: json_value(each) for code, each in reached.items()}
