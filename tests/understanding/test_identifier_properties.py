"""Both ways: whoever is named is replaced in every frame; nothing of ours is ever taken for a name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services_directory.areas import areas
from services_directory.vocabulary import vocabulary
from understanding.entry_names import entry_names
from understanding.identifiers import redact
from understanding.word_lists import word_list

# Surnames that are no word of the vocabulary, no place and no firm.
SURNAMES = (
    *("Tattersall", "Okonkwo", "Wisniewski", "Oyelaran", "Brocklehurst", "Hargreave"),
    *("Rahimi", "O'Donnell", "Fothergill", "Kubacki", "Prytherch", "Nwachukwu"),
)
NAMED = (
    "Mr {s} 45, off sick",
    "mrs {s} off work with her back",
    "Ms {g} {s}, anxiety",
    "pt {s}, 44, RA",
    "name is {g} {s}",
    "change name to {g} {s}",
    "her surname is now {s}",
    "{g} {s} dob 4.11.79 bad back",
    "{s}, {g} (Mr) 55",
    "spoke to {g} {s} on 07700 900123",
)
GIVEN = sorted(n for n in word_list("names", "given") if n.isascii() and n.isalpha() and len(n) > 3)
FRAMES = ("{}, 44F, off sick", "pt has {} and is 44", "refer to {}", "works, {} now", "pt {}")


@settings(max_examples=150, deadline=None)
@given(
    frame=st.sampled_from(NAMED),
    surname=st.sampled_from(SURNAMES),
    first=st.sampled_from(GIVEN),
    lower=st.booleans(),
)
def test_a_name_is_replaced_wherever_it_stands(
    frame: str, surname: str, first: str, lower: bool
) -> None:
    # In lower case a comma before a name says nothing; record systems print it in capitals.
    text = frame.format(s=surname, g=first.title())
    if lower and not frame.startswith("{s},"):
        text = text.lower()
    left = redact(text).text.lower()
    assert surname.lower() not in left, text
    if "{g}" in frame:
        assert first not in left.replace("[name]", "").split(), text


@settings(max_examples=150, deadline=None)
@given(number=st.integers(0, 999_999), gaps=st.lists(st.sampled_from(["", " ", "-"]), min_size=10))
def test_a_phone_number_is_replaced_however_it_is_spaced(number: int, gaps: list[str]) -> None:
    digits = f"07700{900000 + number % 1000}"
    spaced = "".join(d + gap for d, gap in zip(digits, [*gaps[:10], ""], strict=True))
    assert digits not in redact(f"ring {spaced} after five").text.translate({32: "", 45: ""})


@pytest.mark.parametrize("frame", FRAMES)
def test_no_place_service_or_illness_is_taken_for_a_name(frame: str) -> None:
    said = {p for a in areas().by_id.values() for p in (*a.places, a.label) if "'" not in p}
    said |= {n for _, name, aliases in entry_names() for n in (name, *aliases) if not n.isdigit()}
    said |= {term.label for terms in vocabulary().terms.values() for term in terms.values()}
    typed = {form for text in said for form in (text, text.lower(), text.title())}
    harmed = [t for t in (frame.format(text) for text in typed) if redact(t).text != t]
    assert harmed == []
