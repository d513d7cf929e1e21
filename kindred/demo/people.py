"""Made-up people for real schools. The same seed gives the same people; every address lies in a reserved domain.

Domains end in `.example` (RFC 2606), so that no mail can reach anybody even if it left the machine.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from kindred.demo.names import FAMILY, FIRST
from shared.events.people import Role

SCHOOL_ROLES: tuple[Role, ...] = ("headteacher", "senior-leader", "cpd-lead", "chair-of-governors", "clerk")


@dataclass(frozen=True)
class Someone:
    """A made-up person."""

    name: str
    email: str
    role: Role


class Population:
    """Hands out people nobody else has the name of."""

    def __init__(self, seed: int) -> None:
        random = Random(seed)  # noqa: S311 - people of a demo, not secrets
        self._names: Iterator[tuple[str, str]] = iter(
            random.sample([(first, family) for first in FIRST for family in FAMILY], len(FIRST) * len(FAMILY))
        )

    def someone(self, role: Role, domain: str) -> Someone:
        """One more person, with an address at the domain."""
        first, family = next(self._names)
        return Someone(f"{first} {family}", f"{_plain(first)}.{_plain(family)}@{domain}", role)

    def staff(self, school_name: str, urn: int) -> tuple[Someone, ...]:
        """The five people a school names."""
        domain = school_domain(school_name, urn)
        return tuple(self.someone(role, domain) for role in SCHOOL_ROLES)


def school_domain(name: str, urn: int) -> str:
    """A reserved domain that reads like the school's: `abbey-lane-primary-107001.example`."""
    words = [
        word for word in re.split(r"[^a-z0-9]+", _ascii(name)) if word and word not in {"the", "and", "of", "school"}
    ]
    return f"{'-'.join(words)[:40].strip('-')}-{urn}.example"


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold().replace("'", "")


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", _ascii(name)).strip("-")
