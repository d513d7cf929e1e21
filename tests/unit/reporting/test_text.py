"""Text made safe to set; what cannot be shown leaves a mark, never a failure."""

import pytest

from services.reporting.render.text import LONGEST_WORD, clean, latin, paragraphs, typeset


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a\x00b\x1b[0mc\x7f\x85", "ab[0mc"),
        ("one\r\ntwo\rthree\x0bfour\u2028five", "one\ntwo\nthree\nfour\nfive"),
        ("\u202eevil\u202c \u2066x\u2069 \ufeffy", "evil x y"),
        ("half \ud83d pair", "half  pair"),
        ("e\u0301", "\u00e9"),
        ("tab\there", "tab here"),
        ("#let x = {{ y }} <b>&amp;</b>", "#let x = {{ y }} <b>&amp;</b>"),
    ],
)
def test_clean(given, expected):
    assert clean(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("\U00013000 hieroglyph", "\ufffd hieroglyph"),
        ("private \ue000", "private \ufffd"),
        ("flag \U0001f3f4\U000e0067\U000e007f", "flag \U0001f3f4"),
        ("\u2705 \U0001f600 \u6f22 \u0627 \u0939\u093f\u0928\u094d\u0926\u0940", None),
        ("Q\u0334\u1abe", "Q"),
    ],
)
def test_what_no_font_has_is_marked_and_what_fonts_have_stays(given, expected):
    assert typeset(given) == (given if expected is None else expected)


def test_long_words_may_break_and_lose_nothing():
    word = "W" * 500
    shown = typeset(f"short {word}")
    assert shown.replace("\u200b", "") == f"short {word}"
    assert max(map(len, shown.replace("\u200b", " ").split())) <= LONGEST_WORD


def test_a_long_word_is_not_cut_between_a_letter_and_its_marks():
    pieces = typeset("\u0915\u093f" * 60).split("\u200b")
    assert len(pieces) > 1
    assert all(piece[0] == "\u0915" for piece in pieces)


def test_the_last_resort_keeps_european_letters():
    assert latin("Zo\u00eb \u2013 \u0939\u093f \u6f22 ok") == "Zo\u00eb \u2013 ? ? ok"


def test_paragraphs():
    assert paragraphs(" one\ntwo \n \n\n three\n") == [["one", "two"], ["three"]]
    assert paragraphs(" \n\n ") == []
