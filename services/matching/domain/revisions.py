"""A draft has a number, which whoever acts on it names, so that nobody acts on one that they have not seen."""

from shared.errors import Rejected

__all__ = ["must_be_latest"]


def must_be_latest(revision: int, latest: int) -> None:
    """Raises Rejected("stale-draft") where another draft than the latest is meant."""
    if revision != latest:
        raise Rejected("stale-draft", f"The latest draft is number {latest}, not {revision}. Look at it first.")
