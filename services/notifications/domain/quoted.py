"""What a person wrote themselves in a mail: without the mail that they answer, signatures and what programs add.

Mail programs set the answered mail off by marks before its lines, by a line that names its writer, or by its headers.
Words between quoted lines answer them, so there both are kept. Nothing is lost: the whole text is shown with the mail.
"""

import re
from collections.abc import Iterator, Sequence

__all__ = ["own_words", "words_beside"]

_RULE = re.compile(r"^(-{3,}\s*\S.*\S\s*-{3,}|_{10,}|--|begin forwarded message:)\s*$", re.IGNORECASE)
"""The line above which an answer stands: the original appointment or message, or a signature (RFC 3676, 4.3)."""
_NAMES_WRITER = re.compile(
    r"^(on|am|le|el|il|op|dnia|den|ar)\b.{5,300}(wrote|schrieb|a \u00e9crit|escribi\u00f3|ha scritto|schreef|skrev"
    r"|napisa\u0142.{0,4}|ysgrifennodd)\b.{0,80}:$",
    re.IGNORECASE,
)
_MOST_LINES = 3
_FROM = re.compile(r"^\*?(from|oddi wrth|von|de|van|da|fra|od)\s?:\*?\s+\S", re.IGNORECASE)
_HEADER = re.compile(
    r"^\*?(sent|date|to|cc|subject|importance|anfonwyd|at|pwnc|gesendet|datum|an|betreff|envoy\u00e9|\u00e0|objet|enviado"
    r"|para|asunto|til|emne|sendt|aan|onderwerp)\s?:\*?\s",
    re.IGNORECASE,
)
_HEADERS_WITHIN = 6
_FEWEST_HEADERS = 2
_OURS = re.compile(r"^(Questions\? Reply to this mail: it reaches|You get this because you )")
"""How our own mails end; some programs quote them without a mark."""
_OUR_LINK = re.compile(r"/l/\(link\)")
_PROGRAMS_LINE = re.compile(
    r"^(?!i\b).{1,120}?\b(has|have) (tentatively )?(accepted|declined|answered|replied .{0,20}\bto) (this|your|the|an) "
    r"((meeting|calendar|event) )?(invitation|invite|event|meeting|appointment)"
    r"( with (a|this) note| to [\"\u201c'].{0,200}[\"\u201d'])?[.:!]?$",
    re.IGNORECASE,
)
"""What calendar programs write into the mail that carries an answer, such as `Ann Marsh has accepted this invitation.`
"""
_PROGRAMS_LINE_ELSEWHERE = re.compile(
    r"^.{1,80}(hat (diese|die|ihre) .{0,20}einladung .{0,30}(angenommen|abgelehnt|zugesagt)"
    r"|a (provisoirement )?(accept\u00e9|refus\u00e9|d\u00e9clin\u00e9) (cette|votre|l['\u2019]) ?invitation"
    r"( provisoirement)?"
    r"|ha (aceptado|rechazado) .{0,20}invitaci\u00f3n|ha (accettato|rifiutato) .{0,20}invito"
    r"|heeft (deze|de|uw) uitnodiging .{0,20}(geaccepteerd|afgewezen|geweigerd)|(aceitou|recusou) .{0,20}convite"
    r"|wedi (derbyn|gwrthod) .{0,20}gwahoddiad( hwn)?)\.$",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\b(?:e-?mail|message|communication|transmission)\b.{0,90}\b(?:confidential|privileged)\b.{0,250}"
    r"\b(?:intended|addressee|recipient|unauthori[sz]ed|disclos)"
    r"|\bintended (?:solely|only|exclusively) for\b.{0,60}\b(?:addressee|individual|recipient|person|use)"
    r"|\bif you (?:are not the intended|have received this)\b"
    r"|\boriginated (?:from )?outside\b.{0,30}\borgani[sz]ation\b"
    r"|\bregistered (?:office|in england|charity)\b|\b(?:company|charity) (?:number|no\.?|reg)"
    r"|\bscanned (?:for|by)\b.{0,40}(?:virus|malware|content)|\bconsider the environment\b"
    r"|\bviews (?:or opinions )?expressed\b|\bthink before you print\b",
    re.IGNORECASE | re.DOTALL,
)
"""What schools' servers set above or below every mail. It is no word of a person's, and each is shown with the mail."""
_PARAGRAPH = re.compile(r"\n\s*\n")
_NOTE = re.compile(r"with (?:a|this) note:\s*[\"\u201c](.+?)[\"\u201d]\s*(?:\n\n|$)", re.IGNORECASE | re.DOTALL)
_SENT_FROM = re.compile(
    r"^(sent from my|sent from mail for|sent from outlook|get outlook for)\b.{0,60}$", re.IGNORECASE
)


def words_beside(text: str, entry: str = "") -> str:
    """Return what a person wrote into the mail of a calendar's answer; "" where only a program has written.

    ``entry``: what the answered entry says of itself, which some programs repeat as text.
    """
    lines = list(_above(text))
    if any(one.match(line.strip()) for line in lines for one in (_PROGRAMS_LINE, _PROGRAMS_LINE_ELSEWHERE)):
        note = _NOTE.search(text)
        return note.group(1).strip() if note else ""
    known = {_squeezed(line) for line in entry.splitlines()} - {""}
    own = "\n".join(line for line in lines if _own(line) and _squeezed(line) not in known).strip()
    return "\n\n".join(one for one in _PARAGRAPH.split(own) if not _NOTICE.search(one)).strip()


def own_words(text: str) -> str:
    """Return what a person wrote in a mail, the quoted lines only where they answer between them; "" for none."""
    lines = list(_above(text))
    last = max((number for number, line in enumerate(lines) if line.strip() and _own(line)), default=-1)
    lines = lines[: last + 1]
    between = _runs(lines) > 1
    return "\n".join(line for line in lines if _own(line) or (between and _quoted(line))).strip()


def _above(text: str) -> Iterator[str]:
    """Yield the lines before the answered mail; behind one that is marked line by line, the words go on."""
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        if _RULE.match(lines[at]) or _OURS.match(lines[at]) or _headers_begin(lines[at:]):
            return
        if named := _naming_lines(lines[at:]):
            behind = next((line for line in lines[at + named :] if line.strip()), "")
            if not _quoted(behind):
                return
            at += named
            continue
        yield lines[at]
        at += 1


def _naming_lines(lines: Sequence[str]) -> int:
    """Return how many lines name the writer of what is quoted: mail programs break that line; 0 for none."""
    for count in range(1, _MOST_LINES + 1):
        if _NAMES_WRITER.match(" ".join(line.strip() for line in lines[:count])):
            return count
    return 0


def _headers_begin(lines: Sequence[str]) -> bool:
    if not _FROM.match(lines[0]):
        return False
    return sum(_HEADER.match(line) is not None for line in lines[1:_HEADERS_WITHIN]) >= _FEWEST_HEADERS


def _runs(lines: Sequence[str]) -> int:
    """Count how often somebody's own lines begin, blank ones aside."""
    kinds = ["own" if _own(line) else "quoted" for line in lines if line.strip()]
    return sum(kind == "own" and kind != before for before, kind in zip(["", *kinds], kinds, strict=False))


def _own(line: str) -> bool:
    return not (_quoted(line) or _SENT_FROM.match(line.strip()) or _OUR_LINK.search(line))


def _quoted(line: str) -> bool:
    return line.lstrip().startswith(">")


def _squeezed(line: str) -> str:
    return " ".join(line.split()).casefold()
