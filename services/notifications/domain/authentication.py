"""What a trusted server says of a mail's sender (Authentication-Results, RFC 8601)."""

import re
from collections.abc import Sequence

_COMMENT = re.compile(r"\([^()]*\)")


def vouched_for(headers: Sequence[str], authserv: str, domain: str) -> bool:
    """Tell whether the trusted server found dmarc=pass for this From domain.

    ``headers``: every Authentication-Results, topmost first. Only the topmost of that server counts: each server puts
    its own above what it received, so what stands below may be forged.
    """
    if not authserv or not domain:
        return False
    for header in headers:
        server, *results = (part.strip() for part in _COMMENT.sub(" ", header).split(";"))
        if server.lower().split(" ")[0] == authserv.lower():
            return any(_passed(result.lower().split(), domain.lower()) for result in results)
    return False


def _passed(words: Sequence[str], domain: str) -> bool:
    return "dmarc=pass" in words[:1] and f"header.from={domain}" in words
