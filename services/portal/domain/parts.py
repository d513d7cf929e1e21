"""Where a person takes part: at which schools and trusts, as what, in which programmes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["school", "party", "programme"]


@dataclass(frozen=True)
class Holding:
    """One role in one programme. `place`: the school or trust, or the programme itself where it is held at neither."""

    kind: Kind
    place_id: str
    place: str
    programme_id: str
    programme: str
    role: str


@dataclass(frozen=True)
class Part:
    """All that somebody holds at one school or trust, or for one programme."""

    holdings: tuple[Holding, ...]

    @property
    def key(self) -> str:
        """What it is chosen by."""
        return self.holdings[0].place_id

    @property
    def kind(self) -> Kind:
        """What it is at."""
        return self.holdings[0].kind

    @property
    def place(self) -> str:
        """The name of the school or trust, or of the programme."""
        return self.holdings[0].place

    @property
    def roles(self) -> tuple[str, ...]:
        """As what, each once."""
        return tuple(dict.fromkeys(one.role for one in self.holdings if one.role))

    @property
    def programmes(self) -> dict[str, str]:
        """In which programmes: id -> name."""
        return {one.programme_id: one.programme for one in self.holdings}

    @property
    def said(self) -> str:
        """As one says it: "headteacher at Hollins Primary School"."""
        roles = " and ".join(self.roles)
        joined = "for" if self.kind == "programme" else "at"
        return f"{roles} {joined} {self.place}" if roles else self.place


def parts(holdings: Iterable[Holding]) -> list[Part]:
    """Put holdings together by place: schools by name, then trusts, then programmes."""
    by_place: dict[str, list[Holding]] = {}
    for one in holdings:
        by_place.setdefault(one.place_id, []).append(one)
    found = [Part(tuple(held)) for held in by_place.values()]
    order = ("school", "party", "programme")
    return sorted(found, key=lambda part: (order.index(part.kind), part.place, part.key))
