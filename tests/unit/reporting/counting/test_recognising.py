"""A school's own text is picked out of several, by whoever has the link: who knows it is counted, and nothing more."""

import pytest

from services.reporting.domain.counting.links import CLOSED
from shared.commands.reports import CompileReport
from shared.commands.shared_links import AnswerSharedLink, OpenSharedLink, ShowSharedLink
from shared.errors import Rejected
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.exchange import HOST, OWN, PROGRAMME
from tests.unit.reporting.entries.harness import at_work

OTHERS = ["Excellence for all", "We care", "Onwards", "Learn and play", "Proud to be here"]
OURS, THEIRS = "Every child reads", "Nobody is left out"
UNSURE = "unsure"
VISION = {
    "key": "vision", "title": "The vision", "by": ["head"], "versioned": True,
    "fields": [{"key": "text", "kind": "text", "label": "The vision"}],
}  # fmt: skip
PULSE = {
    "key": "pulse", "title": "Our vision", "by": ["head"], "confidential": "counts-only", "least_shown": 3,
    "shared_link": {"groups": [{"key": "staff", "title": "Staff"}], "most": 2000},
    "fields": [{"key": "recall", "kind": "recognise", "label": "Which is ours?", "of": "others",
                "source": "vision.text"}],
}  # fmt: skip
LISTED = {"key": "others", "entries": [{"key": f"other-{n}", "title": one} for n, one in enumerate(OTHERS)]}
REPORT = {"key": "counts", "title": "Counts", "about": "school", "after": ["coordinator"], "to": ["head"],
          "blocks": [{"kind": "counts", "form": "pulse", "bands": [50, 95]}]}  # fmt: skip


async def school():
    made = await at_work(placed=False)
    told = exchange.opened(forms=[VISION, PULSE], reports=[REPORT], lists=[LISTED], version=4)
    await made.tell(told.model_copy(update={"version": 2}))
    return made


def head(of=OWN):
    return exchange.person("head", of)


async def link_of(made, of=OWN):
    return await made.ask(OpenSharedLink(programme_id=PROGRAMME, form="pulse", about_id=of, person_id=head(of)))


async def asked(made, link):
    """What somebody sees: the texts by key, and the mark of the words."""
    entry = (await made.find(ShowSharedLink(token=link.token))).entry
    return entry.options["recall"], entry.mark


async def pick(made, link, text, seen=None):
    texts, mark = seen or await asked(made, link)
    key = next((key for key, one in texts.items() if one == text), text)
    return await made.ask(
        AnswerSharedLink(token=link.token, group="staff", mark=mark, answers={"recall": key}, veil="v" * 32)
    )


async def parts(made, of=OWN):
    await made.ask(CompileReport(programme_id=PROGRAMME, report="counts", about_id=of))
    return made.memory_renderer.seen[-1].parts


async def test_four_texts_stand_together_and_nothing_says_which_one_is_right():
    made = await school()
    await made.send("vision", OWN, head(), {"text": OURS})
    await made.send("vision", HOST, head(HOST), {"text": THEIRS})
    own, _ = await asked(made, await link_of(made))
    host, _ = await asked(made, await link_of(made, HOST))
    assert list(own)[-1] == UNSURE
    texts = set(own.values()) - {"I am not sure"}
    assert (len(texts), OURS in texts, THEIRS in texts) == (4, True, False)
    assert texts - {OURS} <= set(OTHERS)
    assert set(own) & set(host) == {UNSURE}, "a key of one school says nothing at another"
    assert all(len(key) == 12 for key in [*own, *host] if key != UNSURE)


async def test_only_whether_it_was_the_right_one_is_counted():
    made = await school()
    await made.send("vision", OWN, head(), {"text": OURS})
    link = await link_of(made)
    texts, _ = await asked(made, link)
    wrong = next(one for one in texts.values() if one in OTHERS)
    for text in (OURS, OURS, OURS, wrong, UNSURE):
        await pick(made, link, text)
    (sheet,) = made.memory.sheets.rows.values()
    assert sheet.tallies["staff"].questions["recall"].chosen == {"another": 1, "known": 3, "unsure": 1}
    (table,) = await parts(made)
    assert table.rows == (
        ("Chose the right one", "50% to 95%"), ("Chose another one", "below 50%"), ("Was not sure", "below 50%"),
    )  # fmt: skip


async def test_a_new_version_makes_another_question_and_older_answers_stand_apart():
    made = await school()
    entry_id, _ = await made.send("vision", OWN, head(), {"text": OURS})
    link = await link_of(made)
    seen = await asked(made, link)
    for _ in range(3):
        await pick(made, link, OURS, seen)
    await made.send("vision", OWN, head(), {"text": THEIRS}, revision=made.kept(entry_id).revision)
    with pytest.raises(Rejected, match="The questions have changed since you opened them"):
        await pick(made, link, OURS, seen)
    for _ in range(3):
        await pick(made, link, THEIRS)
    before, now = await parts(made)
    assert before.rows[0] == now.rows[0] == ("Chose the right one", "above 95%")
    assert "In the wording before it was changed" in before.note


async def test_a_school_without_a_text_is_told_to_write_it_first():
    made = await school()
    with pytest.raises(Rejected, match=r"“The vision” is not written yet\. Write it first") as refused:
        await link_of(made)
    assert refused.value.rule == "not-yet"


async def test_what_cannot_be_picked_is_refused():
    made = await school()
    await made.send("vision", OWN, head(), {"text": OURS})
    link = await link_of(made)
    with pytest.raises(Rejected, match="choose again"):
        await pick(made, link, "known")
    with pytest.raises(Rejected, match="Choose an answer"):
        await pick(made, link, "")


async def test_a_text_like_one_of_the_others_is_shown_once():
    made = await school()
    await made.send("vision", OWN, head(), {"text": "excellence, for all!"})
    texts, _ = await asked(made, await link_of(made))
    assert "Excellence for all" not in texts.values()
    assert len(texts) == 5


@pytest.mark.timeout(300)
async def test_a_link_that_ten_thousand_answer_in_public_holds_and_the_next_one_begins_anew():
    made = await school()
    await made.send("vision", OWN, head(), {"text": OURS})
    link, refused = await link_of(made), list[str]()
    seen = await asked(made, link)
    wrong = next(one for one in seen[0].values() if one in OTHERS)
    for _ in range(10_000):
        try:
            await pick(made, link, wrong, seen)
        except Rejected as full:
            refused.append(full.sentence)
    assert len(refused) == 8_000
    assert set(refused) == {CLOSED["full"]}
    fresh = await link_of(made)
    for _ in range(3):
        await pick(made, fresh, OURS)
    (table,) = await parts(made)
    assert table.rows[0] == ("Chose the right one", "above 95%")
    assert table.note == "Staff: three answers."
