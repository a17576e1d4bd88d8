"""What is answered, ruled out, grown out of, taken back or only named by a workplace."""

from __future__ import annotations

from typing import Any

import pytest

from understanding.reader import Reader


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


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        # a question and its reply
        (
            "any depression? no. any anxiety? yes. LBP too",
            "conditions:anxiety conditions:back_pain -conditions:depression",
            "conditions:depression",
        ),
        ("depressed? No. Anxious? A bit.", "conditions:anxiety -conditions:depression", ""),
        (
            "bipolar - no. EUPD - yes. Under CMHT",
            "conditions:personality_disorder -conditions:bipolar",
            "conditions:bipolar",
        ),
        ("debts? none. Housing? sound", "-barriers:debt_finance", "barriers:debt_finance"),
        ("no job? no he has one, he's off sick with his back", "work_status:off_sick", ""),
        ("without any qualifications? no, she has a degree", "-barriers:skills_qualifications", ""),
        ("?bipolar, under CMHT", "conditions:bipolar", ""),
        (
            "anxiety or depression? neither. burnt out chef",
            "-conditions:anxiety -conditions:depression",
            "conditions:anxiety",
        ),
        (
            "asked re abuse: no. Asked re debt: yes, catalogues",
            "barriers:debt_finance -barriers:domestic_abuse",
            "",
        ),
        ("low mood but not depressed on PHQ", "-conditions:depression", "conditions:depression"),
        # ruled out
        ("CT ruled out stroke; it's migraine", "-conditions:stroke conditions:neurological", ""),
        ("angina excluded by cardiology", "-conditions:cardiovascular", ""),
        ("nothing to suggest psychosis. PTSD", "conditions:ptsd", "conditions:psychosis"),
        ("fibro dx withdrawn by rheum; LBP", "conditions:back_pain", "conditions:chronic_pain"),
        (
            "Bloods rule out inflammatory arthritis; it is OA",
            "-conditions:inflammatory_arthritis conditions:osteoarthritis",
            "conditions:inflammatory_arthritis",
        ),
        ("rule out angina, bloods sent", "conditions:cardiovascular", ""),
        (
            "able to read and write fine, owns car, no problem with adjustments",
            "-barriers:literacy_numeracy -barriers:transport -barriers:employer_adjustments",
            "",
        ),
        # over
        (
            "was under the crisis team at Easter, discharged back to us. Depression",
            "conditions:depression under_secondary_mental_health:False",
            "",
        ),
        ("under CMHT, not discharged yet", "under_secondary_mental_health:True", ""),
        (
            "surgical menopause after hysterectomy for endometrial cancer, all clear since 2021",
            "conditions:menopause",
            "conditions:cancer",
        ),
        (
            "found fit for work, so off LCWRA and onto ordinary UC",
            "benefits:uc",
            "benefits:uc_lcwra",
        ),
        (
            "used to sign on - JSA, later UC - but came off the lot",
            "",
            "benefits:jsa benefits:uc",
        ),
        ("bipolar's come off her problem list", "", "conditions:bipolar"),
        ("PMH: asthma (childhood). Now LBP", "conditions:back_pain", "conditions:respiratory"),
        (
            "strong FHx, diabetes in mum, asthma (brother). Gout",
            "",
            "conditions:diabetes conditions:respiratory",
        ),
        ("anxiety in crowds, stress (work)", "conditions:anxiety conditions:stress", ""),
        ("old back injury, long healed; now low mood", "", "conditions:back_pain"),
        ("a stroke in 2018 left him with a weak arm", "conditions:stroke", ""),
        ("sciatica settled with the injection", "", "conditions:back_pain"),
        (
            "old notes say personality disorder, diagnosis removed in clinic, withdrawn 2020",
            "",
            "-conditions:personality_disorder",
        ),
        ("previous partner was violent, injunction 2012, safe now", "", "barriers:domestic_abuse"),
        ("grew out of his epilepsy by 15", "", "conditions:neurological"),
        ("asthma as a kid only, grew out of it", "", "conditions:respiratory"),
        (
            "was sanctioned last winter but that's all sorted, UC back in full",
            "benefits:uc",
            "benefit_issues:sanctioned barriers:benefit_problem",
        ),
        (
            "in 2022 signed off for 4 months in 2022 with anxiety, fully better, works as a cook",
            "",
            "conditions:anxiety absence_weeks:17 work_status:off_sick",
        ),
        ("under CMHT until 2020, d/c", "under_secondary_mental_health:False", ""),
        (
            "EUPD, last self harm age 19, now 35, discharged from secondary care",
            "conditions:personality_disorder age:35 under_secondary_mental_health:False",
            "age:19",
        ),
        ("his sister says he'd get LCWRA", "", "benefits:uc_lcwra"),
        # taken back
        (
            "correction: EUPD rather than bipolar",
            "conditions:personality_disorder",
            "conditions:bipolar -conditions:bipolar",
        ),
        ("the anxiety belongs to the other patient, sorry", "", "conditions:anxiety"),
        ("wrong person, that asthma is someone else's", "", "conditions:respiratory"),
        ("the PIP was her mum's, not hers", "", "benefits:pip"),
        (
            "typo, OA not RA",
            "conditions:osteoarthritis",
            "conditions:inflammatory_arthritis -conditions:inflammatory_arthritis",
        ),
        (
            "take gambling off, that belonged to the patient before",
            "",
            "conditions:gambling -conditions:gambling",
        ),
        ("I put female. Male.", "sex:male", "sex:female"),
        ("printer jammed again, depression setting in lol", "", "conditions:depression"),
        ("should be hip OA, not knee", "conditions:osteoarthritis", ""),
        # workplaces and idioms
        ("support worker for adults with autism", "", "conditions:autism"),
        ("EUPD training day yesterday. Pt has IBS", "", "conditions:personality_disorder"),
        ("teaches English to refugees", "", "barriers:refugee_migrant barriers:english_language"),
        ("mania at the warehouse with Black Friday", "", "conditions:bipolar"),
        (
            "prison officer at Forest Bank, PD on the sheet means preferred day",
            "",
            "barriers:offending_history conditions:neurological conditions:personality_disorder",
        ),
        ("no benefit from the app", "", "benefits:none"),
        ("gone back to work this Monday", "", "conditions:back_pain"),
        ("works in stroke rehab as a physio", "", "conditions:stroke"),
        (
            "nurse on the dementia unit, back pain",
            "conditions:back_pain",
            "conditions:neurological",
        ),
        ("receptionist at a drug and alcohol service", "", "conditions:drug_dependence"),
        ("maths tutor for prisoners at Forest Bank", "", "barriers:offending_history"),
        ("sells hearing aids, stressed", "conditions:stress", "conditions:sensory_impairment"),
        ("post in debt recovery, 33", "", "barriers:debt_finance"),
        ("a Cancer by star sign, in work", "", "conditions:cancer"),
        ("tripped over a depression in the pavement", "", "conditions:depression"),
        ("a bit OCD about his van he jokes, asthma", "conditions:respiratory", "conditions:ocd"),
        ("OCD about germs, can't leave the house", "conditions:ocd", ""),
        ("Psychiatry letter: recurrent depressive disorder", "conditions:depression", ""),
        ("he lectures on autism, gout", "", "conditions:autism"),
        ("volunteer at stroke club, 66", "", "conditions:stroke"),
        # the same words where they do mean the illness
        ("stroke in May, in rehab", "conditions:stroke", ""),
        ("works with diabetes and asthma", "conditions:diabetes conditions:respiratory", ""),
        ("has debts, bailiffs at the door", "barriers:debt_finance", ""),
    ],
)
def test_asserted(reader: Reader, text: str, wanted: str, unwanted: str) -> None:
    found = pairs(reader.read(text).case)
    assert set(wanted.split()) <= found
    assert not set(unwanted.split()) & found


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("ADHD ?autism", ["autism"]),
        ("19M Moss Side, ADHD ?autism, never had a job", ["autism"]),
        ("anxiety ?depression, off", ["depression"]),
        ("depression? off sick", ["depression"]),
        ("depression ? off sick", ["depression"]),
        ("?depression off sick", ["depression"]),
        ("OA? RA? awaiting bloods", ["osteoarthritis", "inflammatory_arthritis"]),
    ],
)
def test_a_question_mark_belongs_to_the_word_it_touches(text: str, doubted: list[str]) -> None:
    read = Reader(classifier=False).read(text)
    assert read.case.get("uncertain", {}).get("conditions", []) == doubted
