"""A mail's text runs on where only its width broke it, and keeps the breaks that say something."""

import textwrap

from services.portal.domain.letter_text import WIDTH, unwrapped

LONG = "The schools of the exchange have posted twelve projects, and you may look through all of them with your team."


def test_a_paragraph_runs_on_and_lines_of_facts_do_not():
    wrapped = textwrap.fill(LONG, WIDTH)
    assert "\n" in wrapped
    text = (
        f"Heading\n=======\n\n{wrapped}\n\nWhen: Thursday\nWhere: Leeds\n\nSee it:\nhttp://kindred.example/l/(link)\n"
    )
    assert unwrapped(text) == (
        f"Heading\n\n{LONG}\n\nWhen: Thursday\nWhere: Leeds\n\nSee it:\nhttp://kindred.example/l/(link)"
    )


def test_an_address_stays_on_a_line_of_its_own_however_long_the_one_before_is():
    line = "x" * WIDTH
    assert unwrapped(f"{line}\nhttps://kindred.example/{line}") == f"{line}\nhttps://kindred.example/{line}"
