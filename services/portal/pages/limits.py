"""How often things may be tried, all in one place: by network, address, link, session, school and token.

Counted in this process; of each kind those of the longest ago are forgotten first. A network is the last address that
is no proxy of ours; a school's network is one address, so limits of networks are wide.
"""

import datetime as dt
import ipaddress
import math
from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request

from services.portal.settings import Network

Kind = Literal[
    "sign-in", "address", "secret", "unknown-link", "form", "forms", "school", "again", "again-school", "enquiry",
    "call", "answer", "api", "api-network", "unknown-token",
]  # fmt: skip
SPAN = dt.timedelta(minutes=10)
MOST: dict[Kind, int] = {
    "sign-in": 40,
    "address": 20,
    "secret": 40,
    "unknown-link": 100,
    "form": 200,
    "forms": 3000,
    "school": 1000,
    "again": 10,
    "again-school": 60,
    "enquiry": 10,
    "call": 6,
    "answer": 400,
    "api": 3000,
    "api-network": 6000,
    "unknown-token": 40,
}
"""Within `SPAN`: tries to sign in from a network and for an address, of a session or a mail's link; links that there
are not, from a network; forms of a link or session, of a network and of a school; mails sent again to a person and to a
school; what people outside send from a network; requests of a token and of a network, and tokens that are none."""
MOST_KEPT = 10_000
"""Of a kind."""


class TooOften(Exception):  # noqa: N818 (an outcome, not an error)
    """More tries than people, or programs that wait, make. `after`: when the next one is taken."""

    def __init__(self, kind: Kind, after: dt.timedelta) -> None:
        super().__init__()
        self.kind = kind
        self.after = after

    @property
    def headers(self) -> dict[str, str]:
        """What tells a program how long to wait (RFC 9110, section 10.2.3)."""
        return {"retry-after": str(max(1, math.ceil(self.after.total_seconds())))}


@dataclass(frozen=True)
class _Tries:
    """Of one kind, by who tries."""

    most: int
    by_who: "OrderedDict[str, deque[dt.datetime]]"

    def note(self, who: str, now: dt.datetime) -> dt.timedelta | None:
        """Count a try; return how long to wait where it is one too many, which is not counted."""
        tries = self.by_who.setdefault(who, deque(maxlen=self.most))
        self.by_who.move_to_end(who)
        if len(self.by_who) > MOST_KEPT:
            self.by_who.popitem(last=False)
        if len(tries) == self.most and now - tries[0] < SPAN:
            return tries[0] + SPAN - now
        tries.append(now)
        return None


class Limits:
    """Counts tries. `most`: other numbers than the usual ones."""

    def __init__(self, most: dict[Kind, int] | None = None) -> None:
        self._kinds = {kind: _Tries(number, OrderedDict()) for kind, number in {**MOST, **(most or {})}.items()}

    def note(self, kind: Kind, who: str, now: dt.datetime) -> None:
        """Count a try; raises TooOften."""
        after = self._kinds[kind].note(who, now)
        if after is not None:
            raise TooOften(kind, after)


def network_in(request: Request, proxies: Sequence[Network]) -> str:
    """Return the network that a request comes from."""
    return network_of(peer_of(request, proxies))


def peer_of(request: Request, proxies: Sequence[Network]) -> str:
    """Return the address a request comes from: the last one in X-Forwarded-For that is no proxy of ours."""
    peer = request.client.host if request.client else ""
    lines = ",".join(request.headers.getlist("x-forwarded-for"))  # a proxy may add a line of its own
    named = [one.strip() for one in lines.split(",")]
    for before in reversed(named):
        if not _among(peer, proxies) or not before:
            break
        peer = before
    return peer


def network_of(address: str) -> str:
    """Return what one network has: an IPv4 address, or of IPv6 the first 64 bits, within which a host may choose."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return address
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))


def _among(address: str, networks: Sequence[Network]) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in networks)
