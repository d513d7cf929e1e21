"""From where tries come, and how often: who guesses addresses or codes is slowed down."""

import datetime as dt
import ipaddress
from collections import OrderedDict, deque
from collections.abc import Sequence

from starlette.requests import Request

from services.portal.pages.portal import Portal
from services.portal.settings import Network

SPAN = dt.timedelta(minutes=10)
MOST = 40
"""Tries from one address within `SPAN`; a school's network is one address."""
MOST_PEERS = 10_000


class TooOften(Exception):  # noqa: N818 (an outcome, not an error)
    """More tries from one address than people make."""


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


def count(portal: Portal, request: Request, of: str = "") -> None:
    """Count a try of a form from our own page; raises TooOften.

    `of`: what is tried where only its holder can try it, a session or a mail's link. It is counted by itself, so that
    tries of others from the same address do not shut its holder out.
    """
    limit: PeerLimit = request.app.state.peers
    limit.note(of or network_of(peer_of(request, portal.settings.proxies)), portal.clock.now())


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


class PeerLimit:
    """Counts tries by who makes them, in this process; those of the longest ago are forgotten first."""

    def __init__(self, most: int = MOST, span: dt.timedelta = SPAN) -> None:
        self._most = most
        self._span = span
        self._tries: OrderedDict[str, deque[dt.datetime]] = OrderedDict()

    def note(self, peer: str, now: dt.datetime) -> None:
        """Count a try; raises TooOften."""
        tries = self._tries.setdefault(peer, deque(maxlen=self._most))
        self._tries.move_to_end(peer)
        if len(self._tries) > MOST_PEERS:
            self._tries.popitem(last=False)
        if len(tries) == self._most and now - tries[0] < self._span:
            raise TooOften
        tries.append(now)
