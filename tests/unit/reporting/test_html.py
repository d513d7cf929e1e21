"""The page: valid structure, everything escaped, nothing fetched, no style that the policy would refuse."""

import hashlib
from base64 import b64encode
from html.parser import HTMLParser

import pytest

from services.reporting.render.html import make_html, style, style_hash
from tests.unit.reporting import samples

REPORTS = [
    samples.action_plan, samples.appraisal, samples.impact,
    samples.hostile_action_plan, samples.hostile_appraisal, samples.hostile_impact,
]  # fmt: skip
VOID = {"meta", "br", "line", "rect", "img", "link", "input"}


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.attributes, self.headings = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *pair) for pair in attrs]
        if tag[0] == "h" and tag[1:].isdigit():
            self.headings.append(int(tag[1:]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *pair) for pair in attrs]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("report", REPORTS)
def test_every_page_is_well_formed_and_inert(report):
    page = Page(make_html(report()).decode())
    assert page.open == []
    assert not {"script", "img", "iframe", "object", "link", "form", "a"} & set(page.tags)
    assert [pair for pair in page.attributes if pair[1].startswith("on") or pair[1] in {"src", "href", "style"}] == []
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert ("html", "lang", "en-GB") in page.attributes


@pytest.mark.parametrize("report", [samples.action_plan, samples.impact])
def test_every_chart_says_in_words_what_it_shows(report):
    page = Page(make_html(report()).decode())
    told = [value for tag, name, value in page.attributes if tag == "svg" and name == "aria-label"]
    assert told
    assert all(len(words) > 30 for words in told)


def test_markup_of_templates_is_shown_not_run():
    page = make_html(samples.hostile_appraisal()).decode()
    assert "{{ 7*7 }}" in page
    assert ">49<" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "\x00" not in page
    assert "\u202e" not in page


def test_the_policy_names_the_style_sheet():
    digest = b64encode(hashlib.sha256(style().encode()).digest()).decode()
    assert style_hash() == f"sha256-{digest}"
    page = make_html(samples.appraisal()).decode()
    assert f"style-src '{style_hash()}'" in page
    assert page.split("<style>")[1].split("</style>")[0] == style()


def test_the_page_says_what_the_pdf_says():
    page = make_html(samples.action_plan()).decode()
    for words in (
        "Of five actions, one is complete",
        "Reading fluency is improving but uneven",
        "16 Jul 2027",
        "At risk",
    ):
        assert words in page
