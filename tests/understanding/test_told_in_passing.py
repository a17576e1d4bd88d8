"""What is told in passing: tools not taken up, care that has ended, whose money, who is met at the till."""

from __future__ import annotations

from typing import Any

import pytest

from understanding.identifiers import redact
from understanding.reader import Reader
from understanding.safety import by_rule


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(classifier=False)


def pairs(case: dict[str, Any]) -> set[str]:
    """Return ``case`` as "key:value", what is ruled out as "-key:value"."""
    found = set()
    for key, held in case.items():
        if key == "ruled_out":
            found |= {f"-{k}:{v}" for k, values in held.items() for v in values}
        elif key != "uncertain":
            found |= {f"{key}:{v}" for v in (held if isinstance(held, list) else [held])}
    return found


LINES = [
    # hands that do not take up the tool of the trade
    (
        "Plasterer, works for himself, torn rotator cuff, not lifted a hawk in 7/52",
        "work_status:off_sick employment_type:self_employed absence_weeks:7",
        "work_status:in_work",
    ),
    ("Bricklayer, hasn't laid a brick in 6 weeks", "work_status:off_sick absence_weeks:6", ""),
    ("Joiner, back gone, not lifted a plane in 5/52", "work_status:off_sick absence_weeks:5", ""),
    ("harpist, self-employed, not touched a string in 8 weeks", "work_status:off_sick", ""),
    ("potter, own studio, not thrown a pot for 9 weeks", "absence_weeks:9", ""),
    ("sole trader, tennis elbow, not swung a hammer in 4/52", "work_status:off_sick", ""),
    ("chef, asthma, not touched a drop in 7 weeks", "", "work_status:off_sick absence_weeks:7"),
    ("lorry driver, hasn't held a conversation in 3 weeks", "", "absence_weeks:3"),
    ("cook, back pain, not picked up a drink in 10 weeks", "", "work_status:off_sick"),
    # care that has ended leaves somebody without a job and free for one
    (
        "Packed in her job to look after mum with dementia, mum went into a home last spring. "
        "16 months out of work, on UC. Wants to work again",
        "work_status:unemployed out_of_work_months:16 goal:find_work",
        "barriers:caring_responsibilities work_status:economically_inactive",
    ),
    (
        "Gave up work to care for dad, dad passed away in June. On UC, wants work",
        "work_status:unemployed barriers:bereavement",
        "barriers:caring_responsibilities",
    ),
    (
        "Left her job to nurse her mum, mum died last year, now wants work",
        "work_status:unemployed",
        "barriers:caring_responsibilities",
    ),
    (
        "Packed in work to look after his wife, she's in a nursing home now. Looking for a job",
        "work_status:unemployed goal:find_work",
        "barriers:caring_responsibilities",
    ),
    (
        "jacked in his job to mind his nan, nan's in residential care since May. UC, wants work",
        "work_status:unemployed",
        "barriers:caring_responsibilities",
    ),
    ("no longer caring for her mum, unemployed", "", "barriers:caring_responsibilities"),
    ("Caring for dad since mum died", "barriers:caring_responsibilities", ""),
    ("Cares for her husband, mum died last year", "barriers:caring_responsibilities", ""),
    ("looks after mum, may have to go into a home", "barriers:caring_responsibilities", ""),
    ("looks after mum, mum was in a home for respite", "barriers:caring_responsibilities", ""),
    (
        "gave up work to look after mum. Her brother died",
        "barriers:caring_responsibilities work_status:economically_inactive",
        "",
    ),
    # let go by the firm or the agency, whenever that was
    (
        "epilepsy confirmed, agency dropped him that week. Two months on UC, wants work",
        "work_status:unemployed uc_months:2 goal:find_work",
        "employment_type:agency",
    ),
    ("agency let him go the same week", "work_status:unemployed", ""),
    ("warehouse sacked him that day", "work_status:unemployed", ""),
    ("firm finished her on the spot", "work_status:unemployed", ""),
    ("agency got rid of him there and then", "work_status:unemployed", ""),
    ("agency dropped him off at the site", "", "work_status:unemployed"),
    ("overpayment all paid off, just gets PIP", "benefits:pip", "work_status:unemployed"),
    ("debts all paid off now, works at Tesco", "work_status:in_work", ""),
    ("mortgage paid off, plumber", "work_status:in_work", "work_status:unemployed"),
    ("paid off from the shipyard in May", "work_status:unemployed", ""),
    # a child's age, and what stands right behind it
    (
        "Gave up as a TA to look after her lad, 9, autistic, home more than he's in school. "
        "Would like a few hours, not looking yet",
        "work_status:economically_inactive barriers:caring_responsibilities goal:find_work",
        "conditions:autism work_status:student age:9",
    ),
    (
        "Gave up work to look after her daughter, 7, autistic, not in school",
        "",
        "conditions:autism",
    ),
    ("cares for son, 12, ADHD. She has asthma", "conditions:respiratory", "conditions:adhd"),
    (
        "looks after his daughter, 10, cerebral palsy, he's 41 with back pain",
        "age:41 conditions:back_pain",
        "conditions:physical_disability age:10",
    ),
    ("Looks after her son, 9, on UC, wants work", "benefits:uc goal:find_work", "age:9"),
    ("her lad, 6, T1DM, wants work herself", "goal:find_work", "conditions:diabetes"),
    ("Looks after her lad who's on DLA", "barriers:caring_responsibilities", "benefits:dla"),
    # work that can wait
    ("wants to appeal. Jobs can wait, he says", "goal:not_now benefit_issues:appeal", ""),
    ("Work can wait he reckons", "goal:not_now", ""),
    ("the job search will have to wait, he's grieving", "goal:not_now", ""),
    ("No job, doesn't want to think about work just yet", "goal:not_now", ""),
    ("not ready to talk about jobs, on UC", "goal:not_now", ""),
    ("She waits tables, job can wait on her", "", "goal:not_now"),
    ("wants to think about work again, unemployed", "", "goal:not_now"),
    # wanting work
    ("no job, nobody to mind the little one while she looks for one", "goal:find_work", ""),
    ("no work and mad keen, his record puts employers off", "goal:find_work", ""),
    ("out of work and dead keen to start", "goal:find_work", ""),
    ("works at the mill and very keen, asthma", "work_status:in_work", "goal:find_work"),
    ("unemployed, JCP on her back re job search", "work_status:unemployed", "goal:find_work"),
    ("daren't put her hand up for owt", "", "goal:find_work"),
    # a couple's money is the patient's; a partner's own debts are not
    ("Husband gambled the rent money away", "barriers:debt_finance", "conditions:gambling"),
    ("Husband blew the rent on the horses", "barriers:debt_finance", ""),
    ("her partner lost the mortgage money at the casino", "barriers:debt_finance", ""),
    ("hubby spent the rent money on drink", "barriers:debt_finance", ""),
    ("his boyfriend gambled away the savings", "barriers:debt_finance", ""),
    ("his wife's in debt, he's fine", "", "barriers:debt_finance"),
    ("brother owes thousands", "", "barriers:debt_finance"),
    ("her ex gambled the rent money away years ago", "", "barriers:debt_finance"),
    # denied, and doubly denied
    (
        "It's stress, I wouldn't call it depression",
        "-conditions:depression",
        "conditions:depression",
    ),
    ("I wouldn't say he's depressed, just tired", "-conditions:depression", ""),
    (
        "wouldn't put it down to the back pain, it's his knee",
        "conditions:lower_limb",
        "conditions:back_pain",
    ),
    ("She wouldn't call her GP, depression", "conditions:depression", ""),
    (
        "never got no gcses, no job",
        "barriers:skills_qualifications",
        "-barriers:skills_qualifications",
    ),
    ("ain't got no car", "barriers:transport", "-barriers:transport"),
    ("not got no friends round here", "barriers:social_isolation", ""),
    ("never had no debts", "-barriers:debt_finance", "barriers:debt_finance"),
    ("no warnings and the job's safe, stress", "job_at_risk:False", ""),
    ("no threat to his job, off 3 weeks", "job_at_risk:False", ""),
    ("not sure the job's safe, epilepsy", "", "job_at_risk:False"),
    ("hopes the job is safe", "", "job_at_risk:False"),
    (
        "She drives, own car, childcare all sorted, off 3 wks",
        "-barriers:transport -barriers:childcare",
        "barriers:childcare",
    ),
    ("Bankrupt in 2015, no money worries", "-barriers:debt_finance", "barriers:debt_finance"),
    # over, and not over
    ("Hostel for a bit when he came out, own place now", "", "barriers:housing"),
    ("was in a hostel but own flat now", "", "barriers:housing"),
    ("hostel, wants own place", "barriers:housing", ""),
    ("hostel, hopes to get own flat soon", "barriers:housing", ""),
    ("used 2 be scared of goin out on her own, fine wiv it now", "", "barriers:leaving_home_alone"),
    ("Bipolar, sectioned in the spring but settled now", "conditions:bipolar", ""),
    ("schizophrenia but settled these days", "conditions:psychosis", ""),
    ("depression, settled now", "", "conditions:depression"),
    # who is met in passing, who helps, who writes
    (
        "Says I'm the only soul she's talked to since Sunday bar the lad on the till",
        "sex:female barriers:social_isolation",
        "work_status:in_work",
    ),
    ("the woman next door found him, 60, stroke", "sex:male", "sex:female"),
    ("lad on the tills, 19, asthma", "sex:male work_status:in_work", ""),
    ("the only person she's spoken to about it is her GP", "", "barriers:social_isolation"),
    ("Support worker keeps her bank card", "", "work_status:in_work"),
    ("support worker, loves her job", "work_status:in_work", ""),
    ("nobody's working with her at present", "", "work_status:in_work"),
    ("works with her brother in the shop", "work_status:in_work", ""),
    ("Nurse, asthma clinic. He's 29", "age:29", "occupation:Nurse work_status:in_work"),
    ("nurse on nights, asthma", "occupation:nurse", ""),
    ("inhalers still in the wrappers, asthma", "barriers:health_management", "work_status:in_work"),
    ("still in the shop, asthma", "work_status:in_work", ""),
    ("On our list still but she lives out in Buxton", "", "barriers:treatment_wait"),
    ("on our list for physio", "barriers:treatment_wait", ""),
    ("paid carers only come mornings", "", "benefits:carers_allowance"),
    ("the kids keep him going", "", "barriers:childcare"),
    ("kids keep getting ill, she misses shifts", "barriers:childcare", ""),
    # whose care, whose prospects, which sister
    ("Mum's the carer. The lad is my patient: 17, autism", "", "barriers:caring_responsibilities"),
    ("Her mum's a carer, she's 19 with anxiety", "", "barriers:caring_responsibilities"),
    ("she's dad's carer", "barriers:caring_responsibilities", ""),
    (
        "hubby has Parkinson's and she does everything for him",
        "barriers:caring_responsibilities",
        "",
    ),
    ("his wife does everything for him", "", "barriers:caring_responsibilities"),
    ("His wife's consultant told her she'd never work again", "", "barriers:low_expectations"),
    ("his wife was told she'd never work again", "", "barriers:low_expectations"),
    ("consultant told him he'd never work again", "barriers:low_expectations", ""),
    (
        "Pt is the younger sister, 24, T1DM, at Greggs. The older one is unemployed",
        "sex:female age:24 work_status:in_work",
        "work_status:unemployed",
    ),
    (
        "Patient is the older brother, 50, COPD. The younger one is on PIP",
        "sex:male",
        "benefits:pip",
    ),
    ("She was at Asda when she fainted", "", "work_status:in_work"),
    # lay words
    ("His missus reads him every letter that comes", "barriers:literacy_numeracy", ""),
    ("hubby reads her all the forms", "barriers:literacy_numeracy", ""),
    ("no bus up there to get him anywhere", "barriers:transport", ""),
    ("HR are flatly refusing, off 9 months", "barriers:employer_adjustments", ""),
    ("its computers she needs learning", "barriers:digital_skills", ""),
    ("wants showing how to look after it, asthma", "barriers:health_management", ""),
    ("driving the vans but his knee is making it a real struggle", "conditions:lower_limb", ""),
    (
        "plumber, bad hip, carrying on but it's getting beyond him",
        "work_status:in_work_struggling",
        "",
    ),
    ("still goin in tho its killin him", "work_status:in_work_struggling", "work_status:in_work"),
    # how a job is held
    (
        "my mistake, she's self employed not agency",
        "employment_type:self_employed",
        "work_status:in_work",
    ),
    ("Supply teacher, off 15 wks", "work_status:off_sick", "employment_type:agency"),
    ("supply teacher through an agency", "employment_type:agency", ""),
    ("Still on the books, signed off", "work_status:off_sick", "employment_type:employee"),
    ("CMHT d/c'd her", "under_secondary_mental_health:False", "under_secondary_mental_health:True"),
    ("univercal credit 14 months", "uc_months:14", ""),
]


@pytest.mark.parametrize(("text", "wanted", "unwanted"), LINES)
def test_told_in_passing(reader: Reader, text: str, wanted: str, unwanted: str) -> None:
    found = pairs(reader.read(text).case)
    assert set(wanted.split()) <= found
    assert not set(unwanted.split()) & found


@pytest.mark.parametrize(
    ("text", "asked", "wanted"),
    [
        ("not rite now, to much goin on", "goal", "goal:not_now"),
        ("not at the minute", "goal", "goal:not_now"),
        ("on the books", "employment_type", "employment_type:employee"),
        ("no, nobodys workin wiv her", "in_programme", "in_programme:none"),
    ],
)
def test_answered_in_passing(reader: Reader, text: str, asked: str, wanted: str) -> None:
    assert wanted in pairs(reader.read(text, asked).case)


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("14 Weavers Rake, Marple SK6 9ZZ. He's 45", "Weavers"),
        ("12 Cowling Rake, Bolton, 45M asthma", "Cowling"),
        ("lives at 7 Heald Spinney, back pain", "Heald"),
        ("3 Tanners Hollow, OL1 9ZZ", "Tanners"),
        ("9 Weavers Reach, Marple SK6 9ZZ", "Weavers"),
        ("22 Fletcher Bottoms SK6 9ZZ", "Fletcher"),
        ("5 Lower Tannery, Leigh, WN7 9ZZ, 45M", "Tannery"),
    ],
)
def test_a_house_and_its_street_are_replaced(text: str, gone: str) -> None:
    assert gone not in redact(text).text


@pytest.mark.parametrize(
    "text",
    ["45 Asthma, Marple SK6 9ZZ", "Off 12 Weeks, Leigh WN7 9ZZ", "on UC 18 Months, lives SK6 9ZZ"],
)
def test_what_stands_before_a_postcode_may_be_no_street(text: str) -> None:
    assert redact(text).text.startswith(text.split(",")[0])


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("warehouse nights, gambling addiction, owes loan sharks", False),
        ("farm worker, depressed, owes on two cards", False),
        ("factory, off sick, owes rent", False),
        ("warehouse, no wages, owes the boss for his flight", True),
        ("car wash lad, sleeps there, owes them for the passage", True),
    ],
)
def test_a_debt_at_a_place_of_work(text: str, raised: bool) -> None:
    assert bool(by_rule(text)) is raised
