"""Do people's links open? The public address is asked as a person's browser would, and its certificate looked at."""

import datetime as dt
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable
from urllib.parse import urlsplit

from kindred.doctor.findings import Finding, ill, look, well
from kindred.doctor.settings import Deployment

SECONDS = 10.0
SOON = dt.timedelta(days=14)
NOT_A_PAGE = "/l/doctor"
"""A link that nobody was given: the portal itself answers it, whatever stands before it."""


def public(own: Deployment) -> list[Finding]:
    """Look at what links in mails begin with."""
    if own.public_url.startswith("http://"):
        return [look("Pages", f"Links begin with {own.public_url}, without TLS: only for a try on this machine.")]
    try:
        with urllib.request.urlopen(f"{own.public_url}{NOT_A_PAGE}", timeout=SECONDS):  # noqa: S310 - https, by the line above
            pass
    except urllib.error.HTTPError:
        return [well("Pages", f"{own.public_url} answers.")]
    except (urllib.error.URLError, OSError) as error:
        reason = getattr(error, "reason", error)
        kind = "Its certificate is not trusted" if isinstance(reason, ssl.SSLError) else "It cannot be reached"
        return [ill("Pages", f"{own.public_url}: {kind} ({reason}).")]
    return [well("Pages", f"{own.public_url} answers.")]


def certificate(own: Deployment, now: dt.datetime, valid_until: Callable[[str, int], dt.datetime]) -> list[Finding]:
    """Look at how long the certificate of the public address is valid."""
    parts = urlsplit(own.public_url)
    if parts.scheme != "https" or not parts.hostname:
        return []
    try:
        ends = valid_until(parts.hostname, parts.port or 443)
    except OSError:
        return []  # `public` has said that it cannot be reached
    if ends - now < SOON:
        return [ill("Pages", f"The certificate of {parts.hostname} ends on {ends:%Y-%m-%d}: renew it.")]
    return [well("Pages", f"The certificate of {parts.hostname} is valid until {ends:%Y-%m-%d}.")]


def valid_until(host: str, port: int) -> dt.datetime:
    """When the certificate that a host shows ends; raises OSError when it shows none that is trusted."""
    context = ssl.create_default_context()
    with (
        socket.create_connection((host, port), SECONDS) as line,
        context.wrap_socket(line, server_hostname=host) as safe,
    ):
        shown = safe.getpeercert() or {}
    return dt.datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown["notAfter"])), dt.UTC)
