"""Where one is in a long list, and what else stands in its address."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request

from services.portal.domain.reading import whole_number

__all__ = ["PAGE", "Pages", "kept", "page_number"]

PAGE = 50
"""Rows on a page of a list."""


@dataclass(frozen=True)
class Pages:
    """Where one is in a long list. `query`: what else stands in the address; `size`: rows on a page."""

    number: int
    total: int
    query: str = ""
    size: int = PAGE

    @property
    def last(self) -> int:
        """The last page."""
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """How many rows come before this page."""
        return (self.number - 1) * self.size


def page_number(request: Request) -> int:
    """Which page of a list is asked for, from 1."""
    return max(1, min(whole_number(request.query_params.get("page", "")), 10_000))


def kept(wanted: Mapping[str, str]) -> str:
    """Return filters as they stand in an address."""
    return urlencode({name: value for name, value in wanted.items() if value})
