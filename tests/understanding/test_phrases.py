"""The notation of the vocabulary's words, spelling, and numbers."""

from __future__ import annotations

import pytest

from services_directory.vocabulary import vocabulary
from understanding.amounts import find_ages, find_durations
from understanding.lexicon import lexicon
from understanding.phrases import PhraseBook, Sense, read_phrase
from understanding.spelling import Speller
from understanding.surface import read_surface


def found(pattern: str, text: str) -> list[str]:
    book = PhraseBook([(pattern, Sense("slot", "value"))])
    surface = read_surface(text)
    return [
        " ".join(w.raw for w in surface.words[f.first : f.last + 1]) for f in book.find(surface)
    ]


@pytest.mark.parametrize(
    ("pattern", "text", "hits"),
    [
        ("low mood", "her Low Moods again", ["Low Moods"]),
        ("(can not|struggles to) read", "he can't read", ["ca n't read"]),
        ("waiting list? for", "on the waiting for physio", ["waiting for"]),
        ("boss ... budge", "the boss may in the end budge", ["boss may in the end budge"]),
        ("boss ... budge", "the boss is off. will not budge", []),
        ("(bad|sore)? (knee|hip)", "a sore hip", ["sore hip", "hip"]),
        ("=AS", "as well", []),
        ("=AS", "has AS", ["AS"]),
        ("self employed", "self-employed", ["self - employed"]),
        ("carers allowance", "carer's allowance", ["carer 's allowance"]),
        ("type 2", "the type 2 one", ["type 2"]),
    ],
)
def test_notation(pattern: str, text: str, hits: list[str]) -> None:
    assert found(pattern, text) == hits


def test_an_open_bracket_is_an_error() -> None:
    with pytest.raises(ValueError, match="brackets"):
        read_phrase("a) b")


def test_every_phrase_of_the_vocabulary_is_found_by_its_own_words() -> None:
    """A word without notation must be found in a message that is only that word."""
    book = lexicon().book
    for key, terms in vocabulary().terms.items():
        for term in terms.values():
            for word in term.words:
                if not set(word) & set("()?=~|.") and key not in ("sex", "numbers"):
                    slot = term.id if key == "flags" else key
                    hits = {(f.sense.slot, f.sense.value) for f in book.find(read_surface(word))}
                    assert any(s == slot for s, _ in hits), (key, term.id, word)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("depresion", "depression"),
        ("strugling", "struggling"),
        ("lonley", "lonely"),
        ("santion", "sanction"),
        ("lead", "lead"),
        ("bank", "bank"),
        ("Asher", "Asher"),
        ("marge", "marge"),
        ("diane", "diane"),
        ("cancel", "cancel"),
    ],
)
def test_spelling_mends_only_what_is_no_word(typed: str, meant: str) -> None:
    assert lexicon().speller.correct(typed.lower()) == meant.lower()


def test_a_speller_needs_the_first_letter_right() -> None:
    assert Speller(["anxiety"]).correct("mxiety") == "mxiety"


@pytest.mark.parametrize(
    ("text", "weeks", "months"),
    [
        ("6/52", 6, 1),
        ("3/12", 13, 3),
        ("4 months", 17, 4),
        ("five months", 22, 5),
        ("8 months", 35, 8),
        ("a fortnight", 2, 1),
        ("for 18m", 78, 18),
        ("6 wks", 6, 1),
        ("half a year", 26, 6),
        ("2 yrs", 104, 24),
        ("a year and a half", 78, 18),
        ("two and a half years", 130, 30),
        ("2 years 3 months", 117, 27),
    ],
)
def test_durations(text: str, weeks: int, months: int) -> None:
    (duration,) = find_durations(read_surface(text))
    assert abs(duration.weeks - weeks) <= max(1, weeks * 0.02)
    assert duration.months == months


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("48F", 48),
        ("F48", 48),
        ("61 y/o lady", 61),
        ("aged 34", 34),
        ("she's 22 and", 22),
        ("Twenty-two and never worked", 22),
        ("in his 40s", None),
        ("BMI 46", None),
        ("PHQ 17", None),
        ("off 26 weeks", None),
        ("when he was 17", None),
        ("20 years in the mill", None),
        ("left school at 16", None),
        ("40 paracetamol", None),
    ],
)
def test_ages(text: str, age: int | None) -> None:
    ages = [a.years for a in find_ages(read_surface(text))]
    assert ages[:1] == ([] if age is None else [age])
