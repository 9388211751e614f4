"""Every URL pattern of the site, by name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

PART = re.compile(r"<[^>]*>|\(\?P<url>[^)]*\)")


@dataclass(frozen=True)
class SiteUrl:
    name: str
    """With its namespace, or the bare route when it has no name."""
    route: str
    dummies: dict[str, object]
    """A value of the right type for each part of the URL."""

    @property
    def path(self) -> str:
        """The path with the dummies filled in; without a name it is built from the route."""
        try:
            return reverse(self.name, kwargs=self.dummies)
        except NoReverseMatch:
            return "/" + PART.sub("1", self.route).removesuffix("$")


def every_url() -> list[SiteUrl]:
    found = {url.name: url for url in _walk(get_resolver(), "", "", {})}
    return sorted(found.values(), key=lambda url: url.name)


def _walk(resolver: URLResolver, prefix: str, namespace: str, dummies: dict[str, object]) -> Iterator[SiteUrl]:
    for pattern in resolver.url_patterns:
        route, parts = prefix + str(pattern.pattern), {**dummies, **_dummies(pattern)}
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, route, inner, parts)
        else:
            yield SiteUrl(f"{namespace}{pattern.name or route}", route, parts)


def _dummies(pattern: URLPattern | URLResolver) -> dict[str, object]:
    kinds = {**dict.fromkeys(pattern.pattern.regex.groupindex), **getattr(pattern.pattern, "converters", {})}
    return {name: _dummy(name, kind) for name, kind in kinds.items()}


def _dummy(name: str, kind: object) -> object:
    if isinstance(kind, UUIDConverter):
        return "00000000-0000-4000-8000-000000000000"
    if isinstance(kind, IntConverter):
        return 1
    return {"app_label": "accounts"}.get(name, "1")
