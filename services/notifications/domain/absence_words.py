"""Words by which machines of many languages say that somebody is away, or that a mail has been read.

Compared in small letters without accents, as programs leave these out.
"""

import re
import unicodedata

__all__ = [
    "AWAY",
    "CALLED_SO",
    "COMES_BACK",
    "ELSEWHERE",
    "MAY_BE_CALLED_SO",
    "OF_MAILS",
    "OF_RECEIPTS",
    "PERHAPS_AWAY",
    "RECEIPT",
    "SAYS_MORE",
    "SAYS_SO",
    "plain",
]


def plain(text: str) -> str:
    """The text in small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char)).replace("\u2019", "'")


def _subject(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(map(plain, phrases))})\s*(?::|\uff1a|$|\s(?:re|aw|tr|fwd?)\s?:)")


CALLED_SO = _subject(
    "auto", "auto(?:mati[ck]|mated)?[ -]?(?:reply|response)", "auto[ -]?responder", "vacation(?: reply| response)?",
    "out of (?:the )?office(?:[ -](?:auto[ -]?reply|reply|message))?", "ooo",
    "automatische (?:antwort|abwesenheitsnotiz)", "abwesend", "abwesenheits(?:notiz|nachricht|benachrichtigung)",
    "réponse automatique", "(?:message|réponse|avis) d'absence", "absen(?:ce|t) du bureau",
    "(?:respuesta|resposta) automática", "fuera de (?:la )?oficina", "ausente", "ausência temporária",
    "fora do escritório", "risposta automatica", "fuori (?:sede|ufficio)", "assenza",
    "automatisch (?:antwoord|bericht)", "afwezig(?:heid(?:s?melding|sbericht|sassistent)?)?", "niet aanwezig",
    "autosvar", "automatiskt? svar", "frånvaro(?:meddelande)?", "frånvarande", "frav(?:æ|ae)r(?:ende)?",
    "ikke til stede", "automaattinen vastaus", "poissaolo(?:viesti)?", "automaatvastus",
    "(?:odpowiedź automatyczna|automatyczna odpowiedź|autoodpowiedź)", "nieobecność", "automatická odpove[dď]",
    "nepřítomnost", "automatikus válasz", "házon kívül", "răspuns automat", "автоматический ответ", "автоответ",
    "автоматична відповідь", "αυτόματη απάντηση", "otomatik yan[\u0131i]t", "رد تلقائي", "自動応答", "自动答复",
    "自动回复", "自動回覆", "不在通知", "자동 회신", "부재중(?: 알림)?", "trả lời tự động", "ateb awtomatig",
    "allan o'r swyddfa", "freagra uathoibríoch", "स्वचालित उत्तर", "خودکار جواب",
)  # fmt: skip
"""What programs put before a subject, with its colon. A person who writes that they are out of office writes on."""
MAY_BE_CALLED_SO = _subject(
    "away(?: from my (?:mail|desk))?", "(?:on )?(?:annual |maternity |paternity |sick |parental )?leave", "i am away",
    "(?:i am |on )?holidays?", "i am on [a-z ]{0,20}(?:leave|holiday)", "absen(?:ce|t)", "en congés?", "vacances",
    "urlaub", "ich bin im urlaub", "nicht im (?:büro|haus)", "ausencia", "ausência", "férias", "vacaciones", "ferie",
    "urlop", "vakantie", "semester", "school closed", "holiday closure", "(?:e-?mail|message|enquiry) received",
    "(?:we have received )?your (?:e-?mail|message|enquiry)",
)  # fmt: skip
"""What people put there as well; the text tells."""
RECEIPT = _subject(
    "(?:not )?read", "read receipt", "gelesen", "ungelesen gelöscht", "lue?", "leído", "lido", "letto", "gelezen",
    "läst", "lest", "przeczytan[eo]", "přečteno", "olvasva", "luettu", "okundu", "прочитано", "darllenwyd",
)  # fmt: skip
OF_RECEIPTS = re.compile(
    r"\d{1,2}[:.]\d{2}|\A\W*read\W*\Z|\b(?:was|been|is) (?:read|opened|displayed|deleted)|gelesen|a ete lu"
    r"|leid[oa]|letto|gelezen|\A\s*(?:your message|ihre nachricht|votre message|su mensaje|il messaggio|uw bericht)\b"
)
"""What a receipt says: when a mail was read, or that it was."""

_GREETED = (
    r"\A[*\s_=#-]*(?:(?:dear|hello|hi|good|to whom|greetings)\b[^\n.]{0,60}\n\s*)?"
    r"(?:(?:thank you|thanks|many thanks|diolch)\b[^.!\n]{0,120}[.!,\n]\s*)*"
    r"(?:please note (?:that )?|unfortunately,? )?"
)
_BREAKS = r"(?:\w+ ){0,2}(?:holidays?|break|half[ -]term|summer|christmas|easter|weekend|vacation)"
_WEEKDAYS = r"(?:mon|tue|wed|thu|fri)"
AWAY = re.compile(
    _GREETED + r"(?:i(?: am|'m) (?:currently |now |still )?(?:out of (?:the )?office|away|on [a-z ]{0,20}leave"
    r"|on (?:my )?(?:\w+ )?holidays?|not (?:in|at) (?:the office|work|school))"
    r"|i will be (?:out of (?:the )?office|away|on [a-z ]{0,20}leave|on holiday)"
    r"|currently (?:on [a-z ]{0,20}leave|out of (?:the )?office|away)|out of (?:the )?office\s*[\n:.-]"
    r"|(?:the|our) (?:school|office|school office)[a-z ]{0,20} is (?:now |currently )?closed"
    rf"|(?:school is|we are|[^.!?\n]{{3,60}} is) (?:now |currently )?closed for (?:the )?{_BREAKS}"
    r"|this (?:mailbox|inbox|(?:e-?mail )?(?:address|account)) is (?:not|no longer|un|only monitored|monitored)\b"
    r"|this is an automat|automat(?:ed|ic) (?:message|reply|response)|your (?:ticket|reference|case) (?:number|id)"
    r"|(?:your (?:e-?mail|message|enquiry) has been|we have) received(?: your (?:e-?mail|message|enquiry)| ?[.,!]))"
)
PERHAPS_AWAY = re.compile(
    _GREETED
    + r"(?:i(?: am|'m) (?:currently |now |still )?(?:not checking|off (?:work|sick|until)|teaching|part[ -]time"
    r"|at a (?:conference|course)|on (?:a course|jury service|sabbatical))|i will be (?:off|absent)"
    rf"|i (?:only )?work (?:part[ -]time|{_WEEKDAYS})|i do(?: not|n't) work|my (?:normal )?working (?:days|hours) are)"
)
"""What people begin a mail with as well; of an absence note the rest speaks of mails, or of what is urgent."""
OF_MAILS = re.compile(
    r"urgent|\be-?mails?\b|\bmessages?\b|inbox|next (?:working|in )|when i (?:return|am next)|as soon as"
)
SAYS_SO = re.compile(r"\bthis is an automat|\bautomat(?:ed|ic) (?:message|reply|response)\b")
"""What says of itself that a machine has written it."""
COMES_BACK = re.compile(
    r"until|return|back (?:on|in|at)|urgent|absence|re-?open|monitored|in use|respond|reply|automat|ticket|contact"
    r"|(?:limited|no) access"
)
SAYS_MORE = re.compile(
    r"\?|\b(?:visits?(?! (?:our|the|www|http))|dates?|(?<!working )day|meetings?|swap|instead|moves?|moved|programme"
    r"|kindred|cannot|can't|unable|attend|sorry|comes?|(?:my|their) place|agenda|hosts?|meet|bring|gate"
    r"|so \w+ (?:will|is))\b"
)
_LANGUAGES = (
    (
        r"nicht im (?:buro|haus)|im urlaub|abwesend|nicht erreichbar|au(?:ss|ß)er haus",
        r"bis|ab dem|wieder|dringend|vertret",
    ),
    (r"absente?|en conges?|hors du bureau", r"jusqu|retour|urgen|a partir|contacte"),
    (r"fuera de la oficina|ausente|de vacaciones", r"hasta|regres|volver|vuelv|urgen|contact"),
    (r"fora do escritorio|ausente|de ferias", r"ate|regress|urgen|contact"),
    (r"fuori (?:ufficio|sede)|assente|in ferie", r"fino|rientr|urgen|contatt"),
    (r"afwezig|niet (?:op kantoor|aanwezig)|met (?:vakantie|verlof)", r"tot|vanaf|dringend|spoed|contact"),
    (r"na urlopie|nieobecn|poza biurem", r"do|wroc|pilnych|kontakt"),
    (r"allan o'r swyddfa|ar (?:fy )?(?:g?wyliau)|ar gau|i ffwrdd", r"tan|nes|cysyllt|dychwel"),
    (r"inte pa kontoret|semester|franvarande|ikke pa kontoret|ferie|frav(?:æ|ae)rende", r"til|till|ater|tilba|kontakt"),
)
ELSEWHERE = tuple((re.compile(rf"\b(?:{away})"), re.compile(rf"\b(?:{back})")) for away, back in _LANGUAGES)
"""The same in other languages: that somebody is away, and until when or who is there."""
