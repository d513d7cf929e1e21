"""The domain name system, by dnspython."""

from dns import exception, resolver

SECONDS = 5.0
_NOTHING = (resolver.NXDOMAIN, resolver.NoAnswer)


class DomainNames:
    """Port `Names` on the machine's own resolver."""

    def texts(self, name: str) -> list[str]:
        """The TXT records of a name."""
        return ["".join(part.decode("utf-8", "replace") for part in row.strings) for row in _ask(name, "TXT")]

    def exchangers(self, name: str) -> list[str]:
        """The hosts that take mail for a name, best first."""
        rows = sorted(_ask(name, "MX"), key=lambda row: int(row.preference))
        return [str(row.exchange).rstrip(".") for row in rows]


def _ask(name: str, kind: str) -> list[resolver.Answer]:
    try:
        return list(resolver.resolve(name, kind, lifetime=SECONDS))
    except _NOTHING:
        return []
    except (exception.DNSException, OSError) as error:
        raise LookupError(f"{name}: {type(error).__name__}") from None
