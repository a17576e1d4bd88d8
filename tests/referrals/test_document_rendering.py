"""One model of a document as text and as PDF: nothing lost or read as markup, tagged for screen readers."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from referral_cases import flat, pdf_text

from referrals.rendering.glyphs import LACKING, STAND_IN, printable
from referrals.rendering.model import (
    Bullets,
    Cut,
    DocumentModel,
    Entries,
    Entry,
    Lines,
    Paragraph,
    Section,
    Steps,
    Table,
    Ticks,
    section,
)
from referrals.rendering.pdf import as_pdf
from referrals.rendering.text import BLANK, WIDTH, as_text

BLOCKS = (
    Paragraph("A paragraph."),
    Lines(("First line", "Second line")),
    Bullets(("one thing", "another")),
    Steps(("do this", "then that")),
    Ticks(("this box",)),
    Entries((Entry("Filled", "with words"), Entry("Blank"), Entry("Left", otherwise="not said"))),
    Table(("Hard", "Help"), (("lifting", "a trolley"), ("", ""))),
    Cut("keep this part"),
)
SAMPLE = DocumentModel(
    "letter",
    "Letter to somebody",
    "Training mode",
    ("A Surgery", "1 Example Street"),
    "22 November 2026",
    "FP-ABCDEFGH",
    (Section("", (Paragraph("Dear colleague,"),)), Section("A part", BLOCKS)),
)
ANY_TEXT = st.text(max_size=60)
HOSTILE = '#panic() *b* _i_ `c` $x$ <lbl> @ref [y] {z} \\u{41} // /* = #import "x" \\'


def saying(words: str) -> DocumentModel:
    """Return a document that holds ``words`` in every place where a clinician's words can stand."""
    blocks = (Paragraph(words), Entries((Entry(words, words),)), Table((words,), ((words,),)))
    return replace(SAMPLE, sections=(Section(words or "x", blocks),))


def reader(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def test_text_has_every_block_in_its_place():
    text = as_text(SAMPLE)
    assert text.splitlines()[0] == "*** Training mode ***"
    assert text.endswith("keep this part - - - - -\n")
    for line in (
        "Date: 22 November 2026\nReference: FP-ABCDEFGH",
        "Letter to somebody\n==================",
        "Dear colleague,\n\nA part\n  A paragraph.\n  First line",
        "  - one thing\n  - another\n  1. do this\n  2. then that\n  [ ] this box",
        f"  Filled: with words\n  Blank: {BLANK}\n  Left: not said",
        "  - Hard: lifting\n    Help: a trolley",
    ):
        assert line in text
    assert max(len(line) for line in text.splitlines()) <= WIDTH


def test_a_section_without_content_is_none():
    assert section("Title", Lines(()), Paragraph(""), None) is None


def test_entries_can_be_changed_wherever_they_stand():
    after = SAMPLE.with_entries(lambda entry: replace(entry, value="x"))
    assert [entry.value for entry in after.entries] == ["x", "x", "x"]
    assert replace(after, sections=SAMPLE.sections) == SAMPLE


@pytest.mark.parametrize("large", [False, True])
def test_pdf_says_what_the_document_says(large):
    text = pdf_text(as_pdf(SAMPLE, large))
    for words in (
        "Training mode",
        "A Surgery",
        "Date: 22 November 2026",
        "Reference: FP-ABCDEFGH",
        "1. do this 2. then that",
        "☐ this box",
        "Filled with words",
        "lifting a trolley",
        "keep this part",
    ):
        assert words in text


def test_pdf_is_tagged_for_screen_readers():
    root = reader(as_pdf(SAMPLE)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    kinds: set[str] = set()

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            kinds.add(str(node.get("/S")))
            if "/K" in node:
                walk(node["/K"])

    walk(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD"} <= kinds


def test_pdf_properties_hold_title_and_nothing_else_of_the_document():
    found = reader(as_pdf(saying("Testpatient")))
    assert found.metadata is not None
    assert found.metadata.title == "Letter to somebody"
    assert found.metadata.author is None
    raw = found.trailer["/Root"]["/Metadata"].get_data()
    assert b"Testpatient" not in raw and b"2026" not in raw


def test_the_same_document_is_the_same_file():
    assert as_pdf(SAMPLE) == as_pdf(SAMPLE)


def test_fonts_are_embedded_with_their_letters():
    fonts = reader(as_pdf(SAMPLE)).pages[0]["/Resources"]["/Font"]
    assert fonts
    for font in fonts.values():
        made = font.get_object()
        assert "/ToUnicode" in made
        held = made["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(held)
        assert "DejaVuSans" in held["/FontName"]


@pytest.mark.parametrize("large", [False, True])
def test_size_of_the_letters(large):
    sizes: list[float] = []

    def note(text, _cm, tm, _font, size):
        if text.strip():
            sizes.append(abs(size * tm[3]))

    for page in reader(as_pdf(SAMPLE, large)).pages:
        page.extract_text(visitor_text=note)
    # In ordinary print the foot of a page is set a little smaller.
    assert min(sizes) >= (17.99 if large else 8.9)
    assert sorted(sizes)[len(sizes) // 2] >= (17.99 if large else 10.4)


@pytest.mark.parametrize(
    "words", ["Zażółć gęślą jaźń", "Nguyễn Đặng Ơn", "Şahin Çağlar", "Ørsted Æ"]
)
def test_names_of_many_languages_stay_whole(words):
    text = pdf_text(as_pdf(saying(words)))
    assert text.count(words) >= 4
    assert STAND_IN not in text


def test_what_the_font_lacks_shows_as_a_square_and_is_said():
    text = pdf_text(as_pdf(saying("Name 李雷 here")))
    assert f"Name {STAND_IN}{STAND_IN} here" in text
    assert flat(LACKING) in text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Zaz\u0307o\u0301\u0142c\u0301", "Za\u017c\u00f3\u0142\u0107"),
        ("a\u202eb\u200bc", "abc"),
        ("two\nlines\x00", "two lines "),
    ],
)
def test_letters_are_composed_and_nothing_hides(typed, shown):
    assert printable(typed) == shown


def test_nothing_is_read_as_markup():
    text = pdf_text(as_pdf(saying(HOSTILE)))
    assert text.count(flat(HOSTILE)) >= 4


@settings(max_examples=40, deadline=None)
@given(ANY_TEXT)
def test_any_text_makes_a_pdf(words):
    document = saying(words)
    assert as_pdf(document).startswith(b"%PDF-")


def test_a_long_document_goes_on_and_numbers_its_pages():
    long = replace(SAMPLE, sections=(Section("Much", (Lines(tuple(map(str, range(200)))),)),))
    found = reader(as_pdf(long))
    assert len(found.pages) > 1
    last = found.pages[-1].extract_text()
    assert f"Page {len(found.pages)} of {len(found.pages)}" in flat(last)
    assert "Training mode" in last


def test_what_goes_out_keeps_to_its_page_when_the_rest_does_not_fit():
    kept = Section("Kept", (Lines(tuple(f"kept {n}" for n in range(40))),))
    out = Section("Out", (Lines(tuple(f"out {n}" for n in range(25))),))
    both = replace(SAMPLE, sections=(out, Section("", (Cut("for the practice"),)), kept))
    first, second = [flat(page.extract_text()) for page in reader(as_pdf(both)).pages]
    assert "out 24" in first and "kept 0" not in first
    assert "This page: for the practice" in second and "kept 39" in second


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("words", ["x" * 200, "https://www.example.org/" + "long-name/" * 20])
def test_nothing_leaves_the_page(words, large):
    right: list[float] = []

    def note(text, _cm, tm, _font, size):
        # A letter is at least a fifth of its size wide.
        if text.strip():
            right.append(tm[4] + len(text.strip()) * abs(size * tm[3]) * 0.2)

    found = reader(as_pdf(saying(words), large))
    for page in found.pages:
        page.extract_text(visitor_text=note)
    assert max(right) <= float(found.pages[0].mediabox.width)
    # A word that was broken over lines is whole again once they are joined, in every place that has it.
    text = "".join(page.extract_text() for page in found.pages)
    joined = "".join(text.split())
    assert joined.replace("\u200b", "").count(words) >= 3
    assert not words.startswith("https") or joined.count(words) >= 3
