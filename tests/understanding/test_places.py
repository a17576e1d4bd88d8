"""Where the patient lives, and where only the work, the hospital or the past is."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services_directory.areas import areas
from understanding.places import find_places


@dataclass(frozen=True)
class Text:
    """Stands in for a spaCy document: only its text is read."""

    text: str


def area(text: str) -> str | None:
    found = [m for m in find_places(Text(text), areas()) if m.assertion == "present"]  # type: ignore[arg-type]
    assert len(found) <= 1
    return str(found[0].value) if found else None


CASES = """
    48F warehouse packer in Ashton, off sick 6 wks | tameside
    lives in Ashton-in-Makerfield, works in Bolton | wigan
    Ashton upon Mersey, 34 | trafford
    Ashton, WN4 | wigan
    Ashton near Wigan | wigan
    Ashton | tameside
    Farnworth lass | bolton
    Prestwich, 51, OA | bury
    Harpurhey | manchester-north
    north Manchester lad | manchester-north
    Levenshulme | manchester-central
    Moss Side | manchester-central
    Chorlton | manchester-south
    Wythy | manchester-south
    Wythenshawe, Manchester | manchester-south
    Manchester | manchester
    lives in Greater Manchester | greater-manchester
    over in Uppermill | oldham
    Saddleworth way | oldham
    Littleborough | rochdale
    Middleton, 29F | rochdale
    Irlam | salford
    from Eccles | salford
    Little Hulton | salford
    Hazelgrove | stockport
    Heaton Moor | stockport
    Reddish, 40, no job | stockport
    Stalybridge | tameside
    Altrincham | trafford
    Sale, 34F | trafford
    lives in sale | trafford
    Leigh | wigan
    Atherton | wigan
    Tyldesley | wigan
    lives in stokport | stockport
    from rotchdale | rochdale
    OL6 | tameside
    ol9 and struggling | oldham
    M41, Urmston | trafford
    just off the M60 in Urmston | trafford
    M34 | tameside
    postcode M34, off sick | tameside
    WN7 | wigan
    WA14 | trafford
    SK13 | england-other
    postcode L4 | england-other
    lives in LS6 | england-other
    WA5 so Warrington | england-other
    lives in Nottingham | england-other
    Glossop, 44 | england-other
    St Helens | england-other
    lives in Reading | england-other
    moved from Glossop to Stalybridge | tameside
    moved here from Leeds, now in Bury | bury
    born in Leeds, lives in Hulme | manchester-central
    originally from Oldham, lives in Leigh | wigan
    works in Bury, lives in Heywood | rochdale
    commutes to Leeds from Littleborough | rochdale
    lives with his mum in Hyde | tameside
    lives w parents in Denton | tameside
    staying with his daughter in Bury but lives in Nottingham | england-other
    not Oldham, Rochdale | rochdale
    it's Bury she lives in, I put Bolton | bury
    lives in Oldham, no sorry, Rochdale | rochdale
    Royal Oldham porter, lives Shaw | oldham
    lives in the Heatons | stockport
    registered with us in Prestwich but living in Middleton now | rochdale
    on our list in Prestwich but staying in Leigh these days | wigan
    registered in Bury | bury
    moved to Leeds from Salford | england-other
    moved here to Wigan last month from Preston | wigan
    was in Bolton till June, Bury since | bury
    used to be in Wythenshawe, Leigh now | wigan
    I said Bolton, it's Bury | bury
    moving to Sale next month, presently Gorton | manchester-central
    she's Denton not Leigh | tameside
    moved in with her lad over in Horwich, given up the flat in Chorley | bolton
    Atherton born and bred and still there | wigan
    last bus back to Mossley is at 6 | tameside
    lives w/ partner OL8 | oldham
    hails from Preston, digs in Fallowfield | manchester-south
    can't find any work near Atherton | wigan
    unemplyed, stockprot | stockport
    hostel in Cheetham Hill, jobcentre sanctioned him | manchester-north
    M34, off sick, depression |
    his mum lives in Oldham |
    works at Manchester Royal Infirmary |
    works in a bank in Bolton |
    Bolton Wanderers fan, 30 |
    Wigan Council bin man |
    had to bury her mum |
    car for sale, broke |
    needs help with reading and writing |
    can't get in the bath |
    off the M6, lorry driver |
    L4/5 disc, S1 root, B12 low |
    jobs at Trafford Park |
    student at Salford uni |
    under the cmht in Stockport |
    wants to move to London |
    hale and hearty |
    no place said at all |
    52M Bury bus driver, had an MI | bury
    59F Bolton NHS admin, long covid | bolton
    59F Bolton NHS trust porter | bolton
    41M Wigan council worker | wigan
    29F Sale care assistant, anxiety | trafford
    47 f ms denton off sick since june | tameside
    47f copd hyde off sick | tameside
    44F back pain, off 6/52 Sale | trafford
    44F anxiety, off 3/12 Bury | bury
    back pain off 6 weeks Hyde | tameside
    51F with RA off work in Stockport | stockport
    60M unemployed copd Leigh | wigan
    29F Sale assistant, anxiety |
    47F Ms Denton off sick |
    41M works for Bolton NHS |
    off 6 weeks Sale assistant |
    44F mum bury her dad |
    44F off 6/52 sale |
    """


@pytest.mark.parametrize(
    ("text", "wanted"),
    [tuple(p.strip() for p in line.split("|")) for line in CASES.strip().splitlines()],
)
def test_the_patients_area(text: str, wanted: str) -> None:
    assert area(text) == (wanted or None)


@pytest.mark.parametrize(
    ("text", "place", "assertion"),
    [
        ("moved from Glossop to Stalybridge", "Glossop", "past"),
        ("his mum lives in Oldham", "Oldham", "other_person"),
        ("not Oldham, Rochdale", "Oldham", "absent"),
    ],
)
def test_other_places_carry_why_they_do_not_count(text: str, place: str, assertion: str) -> None:
    found = {m.text: m.assertion for m in find_places(Text(text), areas())}  # type: ignore[arg-type]
    assert found[place] == assertion


def test_every_place_and_code_of_the_data_is_found_as_a_home() -> None:
    shared = 0
    for known in areas().by_id.values():
        for place in known.places:
            found = area(f"lives in {place}")
            shared += found != known.id
        for code in known.outward_codes:
            if code not in {"M60", "M61"}:
                assert area(f"postcode {code}") == known.id
    assert shared == 0


def test_no_place_stands_under_two_areas() -> None:
    seen: dict[str, str] = {}
    for known in areas().by_id.values():
        for place in (*known.places, *known.outward_codes):
            assert seen.setdefault(place.lower(), known.id) == known.id


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    find_places(Text(text), areas())  # type: ignore[arg-type]
