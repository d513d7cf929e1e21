"""Answers in wrappings that only the sender's programs open: TNEF (winmail.dat, MS-OXTNEF), S/MIME (RFC 8551), PGP."""

import re
from email.message import Message

_ANSWER = re.compile(rb"MtgResp([PNA])|Meeting\.Resp\.(Pos|Neg|Tent)")
"""The class of a message that answers a meeting request, in its old and its new spelling."""
_SAYS = {b"P": "accept", b"N": "decline", b"A": "accept tentatively"}
_SPELT = {b"Pos": b"P", b"Neg": b"N", b"Tent": b"A"}


_SEALED = {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"}


def unreadable_answer(message: Message) -> str:
    """Return what is to be said of a mail whose answer cannot be opened here; "" for every other mail."""
    for part in message.walk():
        if part.get_content_type() in _SEALED:
            return "A signed or encrypted mail that cannot be read (S/MIME or PGP)."
        named = str(part.get_filename() or "").lower() == "winmail.dat"
        if part.get_content_type() in {"application/ms-tnef", "application/vnd.ms-tnef"} or named:
            payload = part.get_payload(decode=True)
            found = _ANSWER.search(payload) if isinstance(payload, bytes) else None
            seems = f" It seems to {_SAYS[found[1] or _SPELT[found[2]]]}." if found else ""
            return f"An Outlook answer that cannot be read (winmail.dat).{seems}"
    return ""
