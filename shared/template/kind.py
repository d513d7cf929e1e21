"""What is said of a kind in the vocabulary of the language."""

from dataclasses import dataclass

__all__ = ["Kind", "kind"]


@dataclass(frozen=True)
class Kind:
    """A kind: what it is for, the settings it must have and those it may have beside the ones all kinds share."""

    sense: str
    needs: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()


def kind(sense: str, *, needs: str = "", may: str = "") -> Kind:
    """A kind; settings are written with spaces between."""
    return Kind(sense, frozenset(needs.split()), frozenset(may.split()))
