"""A story of the docs says in every item what is done; what it does not say is found before a browser is opened."""

import pytest

from tests.browser_story import Act, acts


def story(folder, *items):
    page = folder / "story.md"
    listed = "\n".join(f"- {item}" for item in items)
    page.write_text(f"# Story\n{listed}\n## And then\n- Anything at all.\n", encoding="utf-8")
    return page


def test_what_is_done_and_what_is_seen_are_read_in_order(tmp_path):
    page = story(
        tmp_path, "Open `/sign-in`.", "In *Year* choose **2027/28**.", "In *File* choose the file `a.csv`.",
        "In *Code* type the code of the mail. It is among *mails*.", "Press **Go on**. You see “14 new”.",
    )  # fmt: skip
    assert list(acts(page)) == [
        Act(2, "open", "/sign-in"), Act(3, "select", "2027/28", "Year"), Act(4, "file", "a.csv", "File"),
        Act(5, "code", "the code of the mail", "Code"), Act(6, "press", "Go on", seen="14 new"),
    ]  # fmt: skip


@pytest.mark.parametrize("item", ["Press the button.", "In *Name* write `Ada`.", "Wait."])
def test_an_item_that_says_nothing_to_do_is_named(tmp_path, item):
    page = story(tmp_path, "Open `/x`.", item)
    with pytest.raises(AssertionError, match=r"story\.md, line 3: nothing can be done"):
        list(acts(page))
