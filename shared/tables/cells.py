"""What can be wrong with the text of one cell, whatever column it stands in, and how such text is shown.

Spreadsheets write error values into cells; text that has been through another code page holds characters which no name
has; and some characters cannot be seen at all. Each gets a sentence; nothing is corrected by a guess.
"""

import re
import unicodedata

__all__ = ["REPLACEMENT", "cell_fault", "code_page_fault", "is_blank", "name_fault", "shown", "tidy", "unseen"]

REPLACEMENT = "\ufffd"
_ERRORS = re.compile(
    r"#[\u00a1\u00bf]?[A-Z\u00c0-\u00dd][A-Z\u00c0-\u00dd_/]{1,15} ?[!?]|(?i:#(?:N/A|N/D|NB|NV|NA|GETTING_DATA)"
    r"|#(?:DIV/0 ?|REF|VALUE|NAME|NUM|NULL|SPILL|CALC)[!?]|Err:\d{3}|Loading(?:\.{3}|\u2026))"
)
"""Error values in whichever language the spreadsheet speaks (#BEZUG!, #VALEUR !, #N/D), what LibreOffice writes
instead, and a formula of Google's that was saved before it was worked out."""
_HASHES = re.compile(r"#{3,}")
_MOJIBAKE = re.compile(
    "[\u00c3\u00c2][\u0080-\u00bf\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u2122\u02c6\u02dc\u0192]|\u00e2\u20ac"
)
_INVISIBLE = {
    "\u001a": "end-of-file mark",
    "\u00a0": "no-break space",
    "\u00ad": "soft hyphen",
    "\u200b": "zero-width space",
    "\u200c": "zero-width non-joiner",
    "\u200d": "zero-width joiner",
    "\u200e": "left-to-right mark",
    "\u200f": "right-to-left mark",
    "\u202f": "narrow no-break space",
    "\u2060": "word joiner",
    "\ufeff": "byte order mark",
}
_LAST_OF_CODE_PAGES = 0xFFFF
_JOINERS = frozenset("\u200c\u200d\u00a0\u202f")
_OTHER_LETTERS = frozenset("\u0192\u00aa\u00ba\u00b5")
"""Letters by Unicode, but of no name: what other code pages leave behind."""
_NOBODY = frozenset({
    "tbc", "tba", "tbd", "n/a", "na", "none", "nil", "nobody", "unknown", "not known", "vacant", "vacancy", "to follow",
    "to be confirmed", "as above", "ditto", "null", "nan", "(blank)", "not applicable", "undefined",
})  # fmt: skip
"""What people write where they have no name to write."""
_CODE_PAGE = "the accents come from another code page. Correct it, or save the file as 'CSV UTF-8' or .xlsx."
_END_QUOTE = re.compile("\\w\u2018(?=\\s|$)")
_ACCENTED = "\u0152\u0160\u0178\u017d\u00c0-\u00d6\u00d8-\u00de"
_SPLIT = re.compile("[a-z\u00df-\u00ff]\u00a0([a-z\u00df-\u00ff]+)")
"""A blank within a name of small letters: what is left of \u00e1 where a code page of MS-DOS is read as Windows'."""
_PARTICLES = frozenset({
    "van", "von", "de", "der", "den", "di", "da", "do", "dos", "la", "le", "du", "bin", "ap", "ab", "y", "e", "el",
    "al", "ter", "ten", "af", "zu", "del", "della", "and", "or", "of", "the", "with",
})  # fmt: skip
_OUT_OF_PLACE = re.compile(
    rf"[a-z\u00df-\u00ff](?<!\bMc)(?<!\bMac)[{_ACCENTED}]|[A-Z][{_ACCENTED}](?=[A-Za-z]*[a-z])|[\u2013][a-z]"
)
"""An accented capital inside a word of small letters: what code pages of MS-DOS and old Macs leave behind."""
_IN_PLACES = frozenset("\u2014\u201c\u201d\u00b0\u00ae\u2122\u2022\u00a3")
_IN_NAMES = frozenset(" -'\u2018\u2019.,()/&\u00b7\u02bb\u02bc\u2010\u2011\u2013")


def is_blank(text: str) -> bool:
    """Whether nothing can be seen in the cell."""
    return not "".join(char for char in text if char not in _INVISIBLE).strip()


def tidy(text: str) -> str:
    """The text without blanks at its ends; a no-break space is a space, as it looks like one."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").strip().strip("\ufeff\u200b\u2060").strip()


def shown(text: str, most: int = 40) -> str:
    """The text in quotation marks, cut to `most`, with every character that cannot be seen written by its name."""
    cut = text[:most] + ("\u2026" if len(text) > most else "")
    return "'" + "".join(_visible(char) for char in cut) + "'"


def _visible(char: str) -> str:
    if char in _INVISIBLE:
        return f"[{_INVISIBLE[char]}]"
    if unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}:
        return {"\n": "[line break]", "\r": "[line break]", "\t": "[tab]"}.get(char, f"[U+{ord(char):04X}]")
    return char


def unseen(text: str) -> bool:
    """Whether the text has a character in it that nobody can see or means; joiners of other scripts are meant."""
    return any(char in _INVISIBLE or unicodedata.category(char) == "Cf" for char in tidy(text) if char not in _JOINERS)


def cell_fault(text: str) -> str | None:
    """Why the cell holds no value anybody wrote, as a sentence; None if nothing speaks against it."""
    bare = text.strip()
    if _ERRORS.fullmatch(bare):
        return f"This cell holds the error value {bare}. Write the value itself into it."
    if _HASHES.fullmatch(bare):
        return (
            f"This cell holds only {bare[:10]}, as a column that is too narrow shows. Write the value itself into it."
        )
    if REPLACEMENT in text:
        return f"{shown(text)} holds a character that could not be read. Save the file as 'CSV UTF-8' or .xlsx."
    if found := _MOJIBAKE.search(text):
        return f"{shown(text)} holds {shown(found[0])}: {_CODE_PAGE}"
    return None


def code_page_fault(text: str) -> str | None:
    """Why a name of a school or place has been through another code page, as a sentence; None if nothing says so."""
    if found := _MOJIBAKE.search(text):
        return f"{shown(text)} holds {shown(found[0])}: {_CODE_PAGE}"
    odd = next((char for char in text if not char.isascii() and not _of_a_place(char)), None)
    return _other_code_page(text, odd) if odd else None


def name_fault(text: str) -> str | None:
    """Why this is no person's name, as a sentence, where it has been through another code page."""
    if text and (text.casefold().strip(" .?-") in _NOBODY or not any(map(str.isalpha, text))):
        return f"{shown(text)} names nobody. Write the person's name, or leave the person's cells blank."
    for char in text:
        if char not in _INVISIBLE and not _of_a_name(char):
            plain = char.isascii() or ord(char) > _LAST_OF_CODE_PAGES or unicodedata.category(char) == "Cf"
            return f"{shown(text)} holds {shown(char)}, which no name has." if plain else _other_code_page(text, char)
    found = _OUT_OF_PLACE.search(text) or _END_QUOTE.search(text)
    if found:
        return _other_code_page(text, found[0][-1])
    split = next((one for one in _SPLIT.finditer(text) if one[1].casefold() not in _PARTICLES), None)
    return _other_code_page(text, "\u00a0") if split else None


def _of_a_name(char: str) -> bool:
    if char in _IN_NAMES or char in "0123456789" or unicodedata.combining(char) or ord(char) < 32:
        return True  # control characters have a sentence of their own
    return char.isalpha() and char not in _OTHER_LETTERS


def _of_a_place(char: str) -> bool:
    return _of_a_name(char) or char in _IN_PLACES or char in _INVISIBLE


def _other_code_page(text: str, odd: str) -> str:
    return f"{shown(text)} holds {shown(odd)}, which no name has: {_CODE_PAGE}"
