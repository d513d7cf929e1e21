"""Absence notes and receipts of many languages and programs, without a header that says so; and people beside them."""

import pytest

from shared.commands.notifications_replies import ListReplies
from tests.unit.notifications import world
from tests.unit.notifications.mailbox import ANN, MAILBOX, mailbox

FROM = f"From: {world.address(ANN)}\nTo: {MAILBOX}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"


async def fate(subject: str, text: str) -> str:
    box = await mailbox()
    found = await box.take(f"{FROM}Subject: {subject}\n\n{text}")
    if found == "ignored":
        (row,) = (await box.office.bus.find(ListReplies(state="filed"))).rows
        assert row.why == "Written by a machine."
    return found


@pytest.mark.parametrize(
    "subject",
    [
        "Auto: Visit day", "Automated response", "Vacation: Visit day", "OOO: Visit day",
        "Out of Office Re: Visit day", "Abwesend: Besuch", "Automatische Abwesenheitsnotiz",
        "Message d'absence : Visite", "Respuesta automatica: Visita", "Ausente: Visita", "Fuori ufficio: x",
        "Afwezigheidsmelding: x", "Automatiskt svar: x", "Automatisk svar: x", "Poissaoloviesti: x",
        "Nieobecno\u015b\u0107: x", "Automatikus v\u00e1lasz: x", "R\u0103spuns automat: x",
        "\u0410\u0432\u0442\u043e\u043e\u0442\u0432\u0435\u0442: x", "Otomatik yan\u0131t: x",
        "\u81ea\u52d5\u5fdc\u7b54: x", "\uc790\ub3d9 \ud68c\uc2e0: x", "Allan o'r swyddfa: x", "Gelezen: x",
        "Przeczytane: x", "Darllenwyd: x",
    ],
)  # fmt: skip
async def test_what_programs_call_them_in_many_languages(subject: str):
    assert await fate(subject, "Monday 7 September 2026 09:14") == "ignored"


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for your email. Please note I work Monday to Wednesday and will reply when I am next in school.",
        "Thanks for getting in touch. I work part time (Tues-Thurs). I will reply on my next working day.",
        "We are now closed for the Easter holidays and will reopen on Monday 12 April.",
        "Hillside Primary is now closed for the summer break. Emails will be monitored occasionally.",
        "Thank you for your email to Hillside. This inbox is monitored between 8am and 4pm. We aim to respond soon.",
        "Your email has been received. We aim to reply within 5 working days.",
        "*** This is an automatic reply, please do not respond ***",
        "AUTOMATED MESSAGE: I am teaching and cannot read emails during the day.",
        "I will be out of the office starting 01/06/2026 and will not return until 10/06/2026.",
        "I'm on leave from 1 to 10 June with limited access to email.",
        "Currently on sick leave. Please contact the school office.",
        "Ich bin bis zum 10. Juni nicht im B\u00fcro. In dringenden F\u00e4llen wenden Sie sich an das Sekretariat.",
        "Bonjour,\n\nJe suis absent du bureau jusqu'au 10 juin. En cas d'urgence, contactez le secr\u00e9tariat.",
        "Estoy fuera de la oficina hasta el 10 de junio.",
        "Sono fuori ufficio fino al 10 giugno.",
        "Ik ben afwezig tot 10 juni.",
        "Jestem na urlopie do 10 czerwca.",
        "Diolch am eich e-bost. Rwyf allan o'r swyddfa tan 10 Mehefin.",
    ],
)
async def test_what_they_say_in_many_languages(text: str):
    assert await fate("Re: Visit day", text) == "ignored"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Read: policy attached", "Please find our policy."),
        ("Lu: visit", "Mrs Lu will host."),
        ("Re: visit", "I am on leave from 1 May. Bo takes my place until I return."),
        ("Office closed", "The office is closed for building work until June; come to the side gate."),
        ("RE: Automatic reply: Visit", "Sorry you got that. Yes, fine."),
    ],
)
async def test_people_who_write_with_the_same_words_are_read(subject: str, text: str):
    assert await fate(subject, text) == "triage"


@pytest.mark.parametrize("subject", ["Annual leave: Visit day", "Absence: Visit day", "Urlaub: x"])
async def test_what_people_put_before_a_subject_as_well_is_told_by_the_text(subject: str):
    assert await fate(subject, "I am away until Monday.") == "ignored"
    assert await fate(subject, "Bo will open the door for you.") == "triage"


@pytest.mark.parametrize(
    "text",
    [
        "I have now left Hillside School. Please contact Bo Reed at bo@x.example.",
        "Ann Marsh no longer works at Hillside Primary. Please contact the office.",
        "I work Mondays to Wednesdays so Thursday will not do for me.",
        "We are closed on the day you propose.",
        "I am teaching until three and will contact you then.",
        "I do not work on Fridays, so please contact Bo.",
        "We have received your report and will respond on Friday.",
        "I am at a conference with Bo until Thursday; we will return with a plan.",
        "I am out of office but Bo is hosting.",
        "I am on leave from September, so Bo will take over the programme. Please change the contact.",
        "Ich bin am 13. Mai nicht im B\u00fcro, k\u00f6nnen wir den Besuch verschieben?",
        "Je serai absent le 13 mai, \u00e0 partir de midi ; peut-on d\u00e9placer la visite ?",
        "Estar\u00e9 fuera de la oficina hasta junio. \u00bfPodemos cambiar?",
    ],
)
async def test_who_has_left_or_asks_something_is_read_by_a_person(text: str):
    assert await fate("Re: Visit day", text) == "triage"
