"""What patients read can be read by a child of 9 to 11: every phrase, and every paper as a whole."""

from __future__ import annotations

import pytest
from reading_grade import reading_grade, sentences, syllables, words
from referral_cases import AGREED, given, packer, route, service

from referrals.artefacts.carried_notes import WORDINGS
from referrals.artefacts.patient_handout import ASK, WANTS
from referrals.artefacts.return_to_work_plan import WHAT_BOXES_MEAN
from referrals.documents import model_of
from referrals.patient_words import CHOICE, JOBCENTRE, MONEY
from referrals.rendering.model import DocumentModel, Entries, Paragraph, Table

PHRASES = [
    *CHOICE.values(),
    *JOBCENTRE.values(),
    *MONEY,
    *WANTS.values(),
    *ASK.values(),
    *WHAT_BOXES_MEAN.values(),
    *(ask for w in WORDINGS.values() for ask in w.asks if "{" not in ask),
    *(item for w in WORDINGS.values() for item in (*w.ticks[1], *w.questions[1])),
]
# Longer words that a patient meets at work or at the Jobcentre anyway.
FAMILIAR = {"citizensadvice", "interpreter", "university", "literacy"}


@pytest.mark.parametrize("phrase", PHRASES)
def test_each_phrase_is_short_and_plain(phrase):
    for sentence in sentences(phrase):
        assert len(words(sentence)) <= 14
    for word in words(phrase):
        assert syllables(word) <= 4 or word.lower() in FAMILIAR


def prose(document: DocumentModel) -> str:
    """Return what ``document`` says in its own words, without what was filled in or comes from a page."""
    told: list[str] = []
    for part in document.sections:
        told.append(part.title)
        for block in part.blocks:
            if isinstance(block, Entries):
                told += [entry.label for entry in block.items]
            elif isinstance(block, Table):
                told += [cell for row in (block.heads, *block.rows) for cell in row]
            else:
                told += [block.text] if hasattr(block, "text") else list(block.items)
    return "\n".join(line for line in told if line and not line.startswith(("Source:", "Web:")))


@pytest.mark.parametrize(
    ("way", "kind"),
    [
        ("jobcentre", "work_coach_note"),
        ("employer", "employer_note"),
        ("programme_keyworker", "keyworker_note"),
        ("self_referral", "patient_handout"),
        ("employer", "return_to_work_plan"),
    ],
)
def test_each_paper_as_a_whole(way, kind):
    paper = prose(model_of(kind, given(service(route(way)), packer())))
    assert reading_grade(paper) <= 5.5
    assert max(len(words(s)) for s in sentences(paper)) <= 20


@pytest.mark.parametrize("state", [{}, {"agreement": AGREED}, {"agreement": AGREED, "sent": True}])
def test_who_has_been_told_is_plain_too(state):
    document = model_of("patient_handout", given(service(route()), packer(), **state))
    (opening,) = document.sections[0].blocks
    assert isinstance(opening, Paragraph)
    assert reading_grade(opening.text) <= 5.5
