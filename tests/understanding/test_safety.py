"""What must raise the safety message, what must not, and that nothing makes the reader fall over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from understanding.safety import CATEGORIES, find_safety
from understanding.word_lists import word_file


@dataclass(frozen=True)
class Text:
    """Stands in for a spaCy document: only its text is read."""

    text: str


def categories(text: str) -> set[str]:
    return {cue.category for cue in find_safety(Text(text), today=date(2026, 11, 22))}  # type: ignore[arg-type]


CASES = word_file("safety_examples")["cases"]
ALARMS: dict[str, list[str]] = CASES["alarms"]
HARMLESS: list[str] = CASES["harmless"]


@pytest.mark.parametrize(
    ("category", "text"), [(c, t) for c, block in ALARMS.items() for t in block]
)
def test_risk_raises_its_category(category: str, text: str) -> None:
    assert category in categories(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_denied_past_and_other_senses_raise_nothing(text: str) -> None:
    assert categories(text) == set()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "just told me hes took 40 parasetamol sat in the waitin room",
            {"suicide_self_harm", "emergency"},
        ),
        (
            "LD, 24. Neighbour takes his benefit money off him and slaps him if he objects",
            {"abuse", "safeguarding"},
        ),
        ("husband hits her and the kids see it", {"abuse", "safeguarding"}),
        ("her elderly mother is hit by the carer, dementia", {"abuse", "safeguarding"}),
        (
            "voices telling him to kill himself and he has a knife in his bag with him",
            {"suicide_self_harm"},
        ),
    ],
)
def test_two_categories_at_once(text: str, wanted: set[str]) -> None:
    assert wanted <= categories(text)


@pytest.mark.parametrize(
    "text",
    [
        # asked as routine, answered no
        "Asked re domestic violence as routine: nil. Pregnant 20/40, warehouse picker",
        "domestic abuse: asked, nil",
        "when asked re suicide he said absolutely not",
        "asked directly about suicide, said no",
        # past, and said to have gone
        "passive thoughts of not waking up last winter, gone now",
        "felt life wasn't worth living last Christmas, he tells me that's passed, no plans no intent",
        "had dark thoughts after the birth, none for two years",
        # said of an ordinary day
        "Children seen, happy, no safeguarding concerns, mum wants help getting into work",
        "herself works in a chippy and is 12/40 pregnant, bit sick but coping fine",
        "won't leave the house without her daughter, gets to the gate and turns round",
        "advised 999 if chest pain",
    ],
)
def test_routine_past_and_ordinary_lines_raise_nothing(text: str) -> None:
    assert categories(text) == set()


@pytest.mark.parametrize(
    ("category", "text"),
    [
        # the same words where the answer is no denial of the risk
        ("suicide_self_harm", "asked about suicide, said no plan but thinks of it daily"),
        ("suicide_self_harm", "asked if she could keep herself safe, said no"),
        ("suicide_self_harm", "SI with plan, no immediate intent"),
        ("suicide_self_harm", "DSH ongoing, low, out of work"),
        ("abuse", "asked about domestic violence, went quiet, then said yes"),
        ("safeguarding", "support worker takes his benefits, LD, he asked me not to tell"),
    ],
)
def test_an_answer_that_denies_nothing_is_no_denial(category: str, text: str) -> None:
    assert category in categories(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "taken a full box of co-codamol an hour ago, still in the waiting room",
            {"suicide_self_harm", "emergency"},
        ),
        (
            "necked two packets of ibuprofen just now, on the phone to us",
            {"suicide_self_harm", "emergency"},
        ),
        (
            "just told me he has a loaded shotgun in the car and his mind is made up",
            {"suicide_self_harm"},
        ),
        (
            "farmer, licensed gun at home, says he's decided",
            {"suicide_self_harm"},
        ),
        ("her 12 year old is self harming", {"suicide_self_harm", "safeguarding"}),
    ],
)
def test_means_access_intent_and_time_together(text: str, wanted: set[str]) -> None:
    assert wanted <= categories(text)


@pytest.mark.parametrize(
    ("category", "text"),
    [
        ("suicide_self_harm", "feels a burden on the family"),
        ("suicide_self_harm", "feels like a burden to everyone"),
        ("suicide_self_harm", "thinks she's just a burden on her kids"),
        ("suicide_self_harm", "googling how many paracetamol"),
        ("suicide_self_harm", "searching online for how much insulin"),
        ("suicide_self_harm", "ODd 2 wks ago"),
        ("suicide_self_harm", "OD'd last week"),
        ("suicide_self_harm", "OD'd on paracetamol last month"),
        ("suicide_self_harm", "gambling, partner left with kids, says he's got nothing left"),
        ("suicide_self_harm", "feels she has nothing left"),
        ("suicide_self_harm", "thinks the kids would be better off without him"),
        ("suicide_self_harm", "his wife would be better off without him"),
        ("abuse", "her boss hits her"),
        ("abuse", "boss slapped him"),
        ("abuse", "sexually harassed at work by manager"),
        ("abuse", "groped by her manager"),
        ("abuse", "supervisor touched her up"),
        ("abuse", "harassed sexually by her boss"),
    ],
)
def test_oblique_words_are_heard(category: str, text: str) -> None:
    assert category in categories(text)


@pytest.mark.parametrize(
    "text",
    [
        "deadlines are suicide",
        "NFR DSH",
        "took an overdose last year, fine now",
        "feels a burden on the team for being off",
        "feels a burden on his wife since he stopped earning",
        "caring for mum is a burden on the family",
        "says he's got nothing left after the rent",
        "nothing left in the tank by Friday",
        "googling how many paracetamol he can take a day for his back",
        "felt odd 2 wks ago",
        "forty odd 2 years ago",
        "works the odd weekend",
        "boss hits targets",
        "boss hit the roof when she asked for time off",
        "boss feels her absence is a problem",
        "manager touched base with her",
        "nothing left of her annual leave",
        "20 odd weeks off",
        "boss threatening to sack him",
        "colleague hit him with the forklift",
        "does harassment training at work",
        "better off without that job",
        "family would be better off without the car",
    ],
)
def test_what_sounds_like_them_is_not(text: str) -> None:
    assert categories(text) == set()


PLAINLY = {
    "suicide_self_harm": [
        "61M Leigh lorry driver, feels like a burden, off 2/12 w back",
        "feels he is a burden",
        "feels such a burden",
        "feels a burden on his wife",
        "like a burden to everyone",
        "a burden to the kids",
        "thinks she's a burden on her mum",
        "sees himself as a burden",
        "worried hes become a burden to his daughter",
        "feels he's burdening his wife",
        "feels burdensome, low",
        "29F Salford off work, wish i wasnt here, low",
        "wish i werent here anymore",
        "I wish I wasnt around",
        "33M googled ways",
        "took 20 co-codamol on Friday",
        "took 12 naproxen on tuesday",
        "had 20 co-codamol Friday night",
        "20 co-codamol taken on Friday",
        "took about 40 tablets at the weekend",
        "had taken 15 zopiclone on Sat",
        "took 18 tramadol, told nobody",
    ],
    "abuse": [
        "husband follows her everywhere",
        "ex follows him everywhere",
        "partner follows her to work",
        "boyfriend follows her wherever she goes",
        "ex-husband following her around",
        "coercive ex, supportive boss",
    ],
    "safeguarding": [
        "16F says uncle touches her",
        "15F says her uncle touched her",
        "13F stepbrother touches her at night",
        "12M says coach touches him",
        "17F says her mum's boyfriend keeps touching her",
        "15F scared of stepdad",
        "16F frightened of her dad",
        "14M afraid of mum's boyfriend",
        "17F terrified of her father",
        "13F scared to go home, stepdad",
        "her carer hands over all mum's pension to her friends, dementia",
        "LD man gives his PIP to his mates",
        "drinking heavily while looking after the kids alone",
        "cares for disabled son, locks him in his room",
    ],
    "emergency": ["35F swollen calf, breathless"],
}


@pytest.mark.parametrize(
    ("category", "text"), [(c, t) for c, block in PLAINLY.items() for t in block]
)
def test_it_is_heard_in_its_plain_forms(category: str, text: str) -> None:
    assert category in categories(text)


@pytest.mark.parametrize(
    "text",
    [
        # a burden that is no person
        "admin burden, stressed",
        "burdening the team with her absence worries her",
        "debt burden, off sick",
        "caring is a burden, carer for mum",
        "treatment burden, 12 meds",
        "pain is a burden",
        "finds the commute a burden",
        "wishes she wasnt so tired",
        "wish i wasnt here at work",
        "wishes he wasn't here at the surgery",
        "googled ways to save money",
        # as prescribed, or no tablets
        "takes 2 co-codamol qds",
        "took 2 paracetamol on Friday",
        "taking 20mg citalopram",
        "takes 8 co-codamol a day",
        "prescribed 28 zopiclone last Friday",
        "100 co-codamol prescribed monthly",
        "had 28 days of sertraline in June",
        "took 20 mins to walk here",
        "took 12 weeks off",
        # those who follow and touch without harm
        "dog follows her everywhere",
        "the debt follows him everywhere",
        "27F physio touches her knee and it hurts",
        "16F says uncle helps her",
        "15F scared of exams",
        "15F lives with stepdad",
        # grown-up carers, and families apart
        "33F Hyde, carer for mum w MS, OA hands, gave up job in spring, UC",
        "33F Bury, carer for mum w stroke, bad hands, UC",
        "44F cares for her husband after his stroke, hands painful, PIP",
        "58F Leigh, looks after disabled son, gave up the shop, savings gone, on UC",
        "carer for brother with LD, carpal tunnel both hands, PIP",
        "cares for autistic son, gave up work, UC, wants part time",
        "50F gave up work to look after nan w dementia, pension not till 67, money tight",
        "52M wife left, kids not speaking, drinks, off sick",
        "separated, children don't talk to him, alcohol, off sick",
        "42M 2 kids, drinks 4 cans a night, out of work 3 yrs",
        # at work, and of things
        "coercive boss",
        "31F Bury, coercive manager, off with stress",
        "boss is coercive and controlling",
        "boss gaslights her",
        "walking on eggshells with the new boss",
        "he was beaten by the deadline",
    ],
)
def test_what_only_shares_their_words_is_not(text: str) -> None:
    assert categories(text) == set()


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_risk_is_found_deep_in_a_long_message(category: str) -> None:
    padding = "48F, warehouse packer, off sick 6 wks with her back. Boss is decent. "
    for text in ALARMS[category][:12]:
        assert category in categories(padding * 3 + text + ". " + padding * 2)


def test_offsets_are_those_of_the_message() -> None:
    text = "Off 6 wks. Says she wants to die, and he’s “hitting her”"
    for cue in find_safety(Text(text)):  # type: ignore[arg-type]
        assert text[cue.start : cue.end] == cue.text


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_no_text_makes_it_fail(text: str) -> None:
    find_safety(Text(text))  # type: ignore[arg-type]
