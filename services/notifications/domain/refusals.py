"""Whose fault a refusal is: read from the enhanced status code (RFC 3463, RFC 5248), and from words only without one.

Only what is about the recipient may hold an address. What is about our server, its sender or its policy is the
operator's, and is tried again. Whatever is in doubt holds nobody.
"""

import re
from collections.abc import Mapping
from typing import Final

from shared.commands.notifications import MailFault

TRIED_AGAIN: Final = frozenset({"full", "operator"})

_CODE = re.compile(r"(?<![\w./-])([245]\.[0-7]\.\d{1,3})(?![\d.]|\w)")
_REPLY = re.compile(r"(?<![\w./-])([245][0-5]\d)(?![\w./])")
_NEXT_LINE = re.compile(r"(?<![\w./-])([245][0-5]\d)-(?=[245]\.[0-7]\.)")
"""How a reply goes on over several lines: `421-4.7.28`."""
_NO_MAIL_HERE = "521"
"""A host that takes no mail at all, or none from us (RFC 7504): that is about nobody's mailbox."""
_NOT_WORDS = re.compile(r"\S+@\S+|https?://\S+")
_KNOWN: Mapping[str, MailFault] = {
    "5.1.1": "recipient", "5.1.2": "recipient", "5.1.3": "recipient", "5.1.4": "recipient", "5.1.6": "recipient",
    "5.1.10": "recipient", "5.1.351": "recipient", "5.2.1": "recipient", "5.4.1": "recipient", "5.4.4": "away",
    "5.4.6": "away", "5.4.7": "away", "5.4.12": "away", "5.4.14": "away", "5.4.300": "away", "5.4.310": "away",
    "5.4.312": "away", "5.4.316": "away", "5.4.317": "away", "5.1.7": "operator", "5.1.8": "operator",
    "5.2.2": "full", "5.2.121": "full", "5.2.122": "full", "5.3.1": "full", "5.3.4": "unclear", "4.2.2": "full",
    "4.3.1": "full",
}  # fmt: skip
_SUBJECTS: Mapping[str, MailFault] = {
    "5.3": "operator",
    "5.4": "operator",
    "5.7": "operator",
    "4.7": "operator",
    "4.4": "away",
}
_GENERIC = frozenset({"5.0.0", "5.1.0", "5.2.0", "5.3.0", "5.4.0"})
_VOCABULARY: tuple[tuple[MailFault, str], ...] = (
    (
        "full",
        r"""(mail\ ?box|mail\ ?folder|account|storage|disk|user).{0,30}\b(full|over\ ?quota|exceed)
            | over\ (the\ )?(its\ )?quota | quota\ ?(is\ )?exceeded | exceeded\ .{0,30}(storage|mailbox|quota)
            | receiving\ (mail|messages)\ (at\ a\ rate|too)
            | (not\ enough|insufficient)\ (disk\ |system\ |storage\ )?space""",
    ),
    (
        "operator",
        r"""sender | relay | spf\b | dkim | dmarc | authenticat | block | black\ ?list | deny\ ?list | dnsbl
            | \brbl\b | spam | junk | virus | reputation | polic | helo | ehlo | rate\ limit | too\ (many|fast) | quota
            | content\b | reverse\ dns | \bptr\b | bulk | your\ (ip|host|server|domain) | security | call\ ?(back|out)\b
            | verif(y|ication)\ failed | failed\ to\ verify""",
    ),
    (
        "recipient",
        r"""(user|mailbox|recipient|account|address|addressee|alias).{0,40}(
                unknown | not\ (be\ )?found | does\ ?(n[o']?t|not)\ (exist|have) | not\ exist | no\ longer
                | disabled | inactive | unavailable | invalid | suspended | closed | locked | unrouteable
                | not\ (known|recogni[sz]ed|listed|valid|a\ valid|active|available) )
            | (unknown|invalid|no\ such|bad|inactive|disabled|unrouteable)\ (\w+\ ){0,2}
                (user|mailbox|recipient|address|account|person)
            | no\ mailbox
            | (utilisateur|adresse|destinataire|bo[iî]te).{0,25}(inconnue? | invalide | n['\u2019]existe)
            | (benutzer|empf[aä]nger|adresse|postfach).{0,20}(unbekannt | existiert\ nicht)
            | (usuario|destinatario|direcci[oó]n).{0,20}(desconocid[oa] | no\ existe)
            | (utente|destinatario)\ sconosciuto
            | (gebruiker|ontvanger|adres)\ (onbekend | bestaat\ niet)""",
    ),
    (
        "away",
        r"""(domain|host|mail\ exchanger|mx\ record|service).{0,40}(not\ found|not\ exist|unknown|reachable)
            | (no\ such|unknown|could\ ?n[o']?t\ find\ a|no)\ (domain|host|mail\ exchanger|mx|smtp\ service)
            | timed?\ ?out | expired | giving\ up | too\ long | last\ \d+\ seconds | unable\ to\ connect
            | failing\ for\ a\ long\ time | connection\ refused | requests\ to\ connect | attempts""",
    ),
)
_WORDS = tuple((fault, re.compile(words, re.IGNORECASE | re.VERBOSE)) for fault, words in _VOCABULARY)


def enhanced(text: str) -> str:
    """Return the first enhanced status code in a text that says more than its class, "" where there is none."""
    found = _CODE.findall(_NEXT_LINE.sub(r"\1 ", text))
    return next((code for code in found if not _says_no_more(code)), found[0] if found else "")


def _says_no_more(code: str) -> bool:
    """Tell whether a code names its class or subject only; Exchange numbers what it cannot tell 5.0.350."""
    return code in _GENERIC or code[1:4] == ".0."


def reply_code(text: str) -> str:
    """Return the first SMTP reply code of a refusal (4yz or 5yz) in a text, "" where there is none."""
    return next((code for code in _REPLY.findall(text) if code[0] in "45"), "")


def status_of(status: str, said: str) -> str:
    """Return the code that counts: what the refusing server said goes before what the reporting one made of it."""
    return enhanced(said) or enhanced(status)


def fault_of(status: str, said: str) -> MailFault:
    """Tell whose fault it is. ``status``: as reported, "" for none; ``said``: the server's words, with their codes."""
    code = status_of(status, said)
    words = _by_words(said)
    if words == "operator" and not enhanced(said):
        return "operator"
    if not code or _says_no_more(code) or code.startswith("5.5."):
        return _without_code(code, said, words)
    by_code = _KNOWN.get(code) or _SUBJECTS.get(code[:3], "unclear")
    if by_code == "recipient" and (words == "full" or (words == "operator" and not _about_recipient(said))):
        return words
    return "unclear" if by_code == "recipient" and reply_code(said) == _NO_MAIL_HERE else by_code


def _about_recipient(said: str) -> bool:
    """Tell whether the words, too, are about the recipient: a code alone does not hold who says `sender refused`."""
    return dict(_WORDS)["recipient"].search(_plain(said)) is not None


def _plain(said: str) -> str:
    return " ".join(_NOT_WORDS.sub(" ", said).split())


def _without_code(code: str, said: str, words: MailFault) -> MailFault:
    """Judge by words; a code that says nothing more than its subject counts where the words say nothing."""
    if words != "unclear":
        return "unclear" if words == "recipient" and reply_code(said).startswith("4") else words
    return "operator" if code[:3] in {"5.3", "5.4", "5.5"} else "unclear"


def _by_words(said: str) -> MailFault:
    plain = _plain(said)
    return next((fault for fault, words in _WORDS if words.search(plain)), "unclear")
