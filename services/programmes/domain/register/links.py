"""Links between URNs: what became of a school.

A school that becomes an academy closes under one URN and opens under another the same day. For us it stays one
school, with one id and one history. Where schools merge or split, nobody can say which of them it still is: the link
is kept and shown, the ids stay apart.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Link", "ids_for", "link_of", "predecessors_of", "roots", "school_id", "successors_of"]

_SCHOOLS = uuid.UUID("5ba9a1f0-5ad2-5d43-9d9a-6b6f2c5f7a10")
_CONTINUES = "continues"
_SUCCESSIONS = (_CONTINUES, "merged", "split school", "amalgamated", "result of amalgamation")


@dataclass(frozen=True, slots=True)
class Link:
    """`successor` took over from `predecessor`; `kind` is the register's word, `continues` is plain succession."""

    predecessor: int
    successor: int
    kind: str
    since: dt.date | None = None

    @property
    def plain(self) -> bool:
        """One school went on as another, whole."""
        return self.kind == _CONTINUES

    @property
    def succession(self) -> bool:
        """One school took over from another, whole or in part; other links (an expansion, say) mean less."""
        return self.kind.startswith(_SUCCESSIONS)


def link_of(urn: int, other: int, kind: str, since: dt.date | None) -> Link:
    """The link a row states. The register writes each twice, from either end; both give the same link."""
    word = " ".join(kind.lower().split())
    if word == "successor":
        return Link(urn, other, _CONTINUES, since)
    if word == "predecessor":
        return Link(other, urn, _CONTINUES, since)
    other_way = word.startswith("predecessor") or word == "result of amalgamation"
    bare = word.removeprefix("predecessor").removeprefix("successor").strip(" -") or word
    return Link(other, urn, bare, since) if other_way else Link(urn, other, bare, since)


def successors_of(urn: int, links: Iterable[Link]) -> tuple[int, ...]:
    """The URNs that took over from this one."""
    return tuple(sorted({link.successor for link in links if link.succession and link.predecessor == urn}))


def predecessors_of(urn: int, links: Iterable[Link]) -> tuple[int, ...]:
    """The URNs that this one took over from."""
    return tuple(sorted({link.predecessor for link in links if link.succession and link.successor == urn}))


def roots(links: Iterable[Link]) -> dict[int, int]:
    """For every URN that goes on from another.

    The URN the school had first. Only plain one-to-one successions count; circles count for none.
    """
    after: dict[int, set[int]] = defaultdict(set)
    before: dict[int, set[int]] = defaultdict(set)
    links = [link for link in links if link.succession]
    for link in links:
        after[link.predecessor].add(link.successor)
        before[link.successor].add(link.predecessor)
    came_from = {
        link.successor: link.predecessor
        for link in links
        if link.plain and len(after[link.predecessor]) == 1 and len(before[link.successor]) == 1
    }
    return {urn: root for urn in came_from if (root := _first(urn, came_from)) is not None}


def _first(urn: int, came_from: dict[int, int]) -> int | None:
    seen = {urn}
    while urn in came_from:
        urn = came_from[urn]
        if urn in seen:
            return None
        seen.add(urn)
    return urn


def ids_for(urns: Iterable[int], first: Mapping[int, int], pinned: Mapping[int, str]) -> dict[int, str]:
    """The school id of each URN; one that is known outside (`pinned`, by URN) holds for its whole chain of successions.

    `first` is what `roots` found. Where two URNs of one chain are pinned differently, each keeps its own.
    """
    of_chain: dict[int, set[str]] = defaultdict(set)
    for urn, known in pinned.items():
        of_chain[first.get(urn, urn)].add(known)
    found = {}
    for urn in urns:
        root = first.get(urn, urn)
        agreed = of_chain.get(root, set())
        found[urn] = pinned.get(urn) or (next(iter(agreed)) if len(agreed) == 1 else school_id(root))
    return found


def school_id(first_urn: int) -> str:
    """Our own id of a school, from the first URN it is known to have had.

    The same whatever order the files arrive in.
    """
    return f"sch-{uuid.uuid5(_SCHOOLS, str(first_urn)).hex}"
