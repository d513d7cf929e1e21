"""A way in: a name that stands in an address, the role, and who has it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WayIn:
    """`home`: the page that they come to."""

    slug: str
    title: str
    name: str
    address: str
    home: str
