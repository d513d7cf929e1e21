"""Writes `docs/openapi.json`, the description that the portal serves at `/api/openapi.json`."""

from pathlib import Path

from services.portal.pages.api import openapi

FILE = Path(__file__).parent.parent / "docs" / "openapi.json"


def write() -> None:
    """Write it."""
    FILE.write_text(openapi.text(), encoding="utf-8")


def stale() -> list[str]:
    """A sentence where it is not what the API answers."""
    good = FILE.exists() and FILE.read_text(encoding="utf-8") == openapi.text()
    return [] if good else ["docs/openapi.json is out of date; run `make contracts`"]
