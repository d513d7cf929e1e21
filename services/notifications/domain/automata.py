"""Mails that machines write: absence notes, receipts, answers of mailing lists. Nobody has to read them (RFC 3834)."""

import re
from collections.abc import Mapping
from typing import Literal

_SUBJECTS = re.compile(
    r"^\s*(automatic reply|auto(matic)?[ -]?response|auto[ -]?reply|out of (the )?office|autosvar|abwesenheit"
    r"|ateb awtomatig|automatische antwort|r\u00e9ponse automatique|read:|not read:|gelesen:)",
    re.IGNORECASE,
)
_PRECEDENCES = frozenset({"bulk", "junk", "auto_reply", "list"})
_SYSTEMS = frozenset({"mailer-daemon", "postmaster", ""})
Writer = Literal["person", "machine", "mail-system"]


def writer(headers: Mapping[str, str], *, content_type: str, report_type: str, sender: str) -> Writer:
    """Tell who wrote a mail. ``headers``: by lower-case name. ``mail-system``: it may tell of a mail of ours."""
    if sender.lower().partition("@")[0] in _SYSTEMS:
        return "mail-system"
    submitted = headers.get("auto-submitted", "no").partition(";")[0].strip().lower() or "no"
    says_so = submitted != "no" or any(headers.get(name) for name in ("x-autoreply", "x-autorespond", "x-autoresponse"))
    receipt = content_type == "multipart/report" and report_type == "disposition-notification"
    sorted_low = headers.get("precedence", "").strip().lower() in _PRECEDENCES
    if says_so or receipt or sorted_low or _SUBJECTS.match(headers.get("subject", "")):
        return "machine"
    return "person"
