"""What names the patient: taken apart as record systems write it, checked, and held against the case."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.identity import Identity, at_odds, from_values, problems, take_apart, to_values
from services_directory.case import case_from_json

TODAY = date(2026, 11, 22)
BORN = date(1978, 3, 12)
ZEBRA = Identity("Test ZEBRA", BORN, "9990000018", "female")
HOME = {"address": "1 Example Street, Anytown", "postcode": "ZZ1 1ZZ"}

BLOCK = """\
Name: Mrs Test Zebra
Date of Birth: 12/03/1978
NHS Number: 9990000018
Address: 1 Example Street
         Anytown
         ZZ1 1ZZ
Tel: 0161 496 0000 / Mobile: 07700 900123
Email: test@example.invalid
Main language: Urdu (interpreter required)
Communication needs: large print
Next of kin: Jo Zebra 07700 900999
"""

PASTED = [
    (
        "ZEBRA, Test (Mrs)   Born 12-Mar-1978 (48y)   Gender Female   NHS No. 999 000 0018   "
        "Usual GP OWL, A (Dr)",
        to_values(ZEBRA),
    ),
    (
        "ZEBRA, Test (Mrs) Born 12-Mar-1978 (48y) Gender Female NHS No. 999 000 0018 Usual GP OWL, A (Dr)",
        to_values(ZEBRA),
    ),
    (
        "Mrs Test ZEBRA  12 Mar 1978 (48 yrs)  F  999 000 0018  1 Example Street, Anytown, ZZ1 1ZZ  "
        "Home: 0161 496 0000 Mobile: 07700 900123",
        {
            **to_values(ZEBRA),
            **HOME,
            "phone": "07700 900123",
            "other_phone": "0161 496 0000",
        },
    ),
    (
        "Mrs Test ZEBRA 12/03/1978 F 999 000 0018 1 Example Street, Anytown ZZ1 1ZZ 07700 900123 "
        "test@example.invalid",
        {**to_values(ZEBRA), **HOME, "phone": "07700 900123", "email": "test@example.invalid"},
    ),
    (
        BLOCK,
        {
            "name": "Test Zebra",
            "date_of_birth": "1978-03-12",
            "nhs_number": "9990000018",
            **HOME,
            "phone": "07700 900123",
            "other_phone": "0161 496 0000",
            "email": "test@example.invalid",
            "language": "Urdu",
            "interpreter": "yes",
            "communication_need": "large print",
        },
    ),
    (
        "Mr Test Owl\n12/03/1978\n999 000 0026\n1 Example Street\nAnytown\nzz1 1zz\n+44 7700 900123",
        {
            "name": "Test Owl",
            "date_of_birth": "1978-03-12",
            "nhs_number": "9990000026",
            **HOME,
            "phone": "+44 7700 900123",
        },
    ),
    (
        "Surname: ZEBRA\nForename: Test\nDOB: 1978-03-12\nSex: Female\nNHS: 9990000018\nInterpreter: No",
        {**to_values(ZEBRA), "interpreter": "no"},
    ),
    (
        "Patient Name: Test O'Zebra-Owl\tD.O.B.: 12.03.1978\tGender: Indeterminate\tNHS Number 999-000-0018",
        {
            "name": "Test O'Zebra-Owl",
            "date_of_birth": "1978-03-12",
            "sex": "other",
            "nhs_number": "9990000018",
        },
    ),
    (
        "Name: Test Owl | DOB: 1st May 1990 | Interpreter required: Polish | BSL | do not leave a message",
        {
            "name": "Test Owl",
            "date_of_birth": "1990-05-01",
            "interpreter": "yes",
            "language": "Polish",
            "communication_need": "BSL",
            "leave_message": "no",
        },
    ),
]


@pytest.mark.parametrize(("pasted", "found"), PASTED)
def test_a_pasted_banner_is_taken_apart(pasted: str, found: dict[str, str]) -> None:
    identity, doubts = take_apart(pasted, TODAY)
    assert to_values(identity) == found
    assert doubts == ()


@pytest.mark.parametrize(
    "written",
    ["12/03/1978", "12-03-1978", "12.03.1978", "12/3/1978", "1978-03-12", "12 Mar 1978", "12-Mar-1978",
     "12 March 1978", "12th March 1978", "12-MAR-1978"],
)  # fmt: skip
def test_dates_of_birth_in_several_ways(written: str) -> None:
    for text in (f"Test Zebra {written}", f"Test Zebra DOB: {written}", f"Born {written}\nx: Test"):
        assert take_apart(text, TODAY)[0].date_of_birth == BORN


@pytest.mark.parametrize(
    ("pasted", "field", "says"),
    [
        ("Test Zebra 12/03/78", "date_of_birth", "two figures"),
        ("Test Zebra 03/25/1978", "date_of_birth", "month first"),
        ("Test Zebra 12/03/1978 seen 01/02/2026", "date_of_birth", "several dates"),
        ("Test Zebra DOB: 31/02/1978", "date_of_birth", "could not be read"),
        ("Test Zebra 12/03/1978 (36y)", "date_of_birth", "does not fit"),
        ("Test Zebra 999 000 0019", "nhs_number", "last digit"),
        ("Test Zebra NHS No: pending", "nhs_number", "could not be read"),
        ("Test Zebra 9990000018 NHS no. 9990000026", "nhs_number", "two NHS numbers"),
        ("Test Zebra, Rose Cottage, Mill Lane, ZZ1 1ZZ", "name", "where the name ends"),
        ("Zebra 12/03/1978", "name", "Only one name"),
        ("12/03/1978", "name", "No name"),
        (
            "Test Zebra 07700 900123 07700 900124 0161 496 0000",
            "phone",
            "more than two",
        ),
        ("Test Zebra a@example.invalid b@example.invalid", "email", "two e-mail"),
        ("Test Zebra 12/03/1978 prefers mornings", "rest", "not used"),
    ],
)
def test_what_is_doubtful_is_said(pasted: str, field: str, says: str) -> None:
    _, doubts = take_apart(pasted, TODAY)
    assert any(d.field == field and says in d.says for d in doubts), doubts


@given(st.text(max_size=300) | st.lists(st.sampled_from([p for p, _ in PASTED])).map(" ".join))
def test_whatever_is_pasted_it_is_taken_apart(pasted: str) -> None:
    identity, doubts = take_apart(pasted, TODAY)
    assert from_values(to_values(identity)) == identity
    for doubt in doubts:
        for value in to_values(identity).values():
            assert len(value) < 5 or value not in doubt.says, "a doubt repeats no identifier"


def test_long_pastes_end_soon() -> None:
    take_apart("Test Zebra 12/03/1978, " * 10_000, TODAY)


@pytest.mark.parametrize(
    ("identity", "field"),
    [
        (Identity(nhs_number="9990000019"), "nhs_number"),
        (Identity(nhs_number="12"), "nhs_number"),
        (Identity(date_of_birth=TODAY + timedelta(1)), "date_of_birth"),
        (Identity(date_of_birth=date(1890, 1, 1)), "date_of_birth"),
        (Identity(sex="F"), "sex"),
        (Identity(postcode="Anytown"), "postcode"),
        (Identity(phone="123"), "phone"),
        (Identity(other_phone="123"), "other_phone"),
        (Identity(email="nobody"), "email"),
    ],
)
def test_what_is_wrong_by_itself(identity: Identity, field: str) -> None:
    assert [p.field for p in problems(identity, TODAY)] == [field]


def test_training_takes_invented_patients_only() -> None:
    # Valid by its last digit, and in nobody's range of invented patients.
    real = Identity(nhs_number="4010232137")
    assert problems(real, TODAY) == ()
    assert [p.field for p in problems(real, TODAY, training=True)] == ["nhs_number"]
    assert problems(ZEBRA, TODAY, training=True) == ()


@pytest.mark.parametrize(
    ("identity", "case", "fields"),
    [
        (ZEBRA, {"age": 48, "sex": "female"}, []),
        (ZEBRA, {}, []),
        (Identity(), {"age": 48, "sex": "female"}, []),
        (ZEBRA, {"age": 47}, ["date_of_birth"]),
        (ZEBRA, {"sex": "male"}, ["sex"]),
        (ZEBRA, {"age": 30, "sex": "male"}, ["date_of_birth", "sex"]),
        # The birthday is today, and tomorrow.
        (Identity(date_of_birth=date(1978, 11, 22)), {"age": 48}, []),
        (Identity(date_of_birth=date(1978, 11, 23)), {"age": 47}, []),
    ],
)
def test_at_odds_with_the_case(identity: Identity, case: dict, fields: list[str]) -> None:
    assert [p.field for p in at_odds(identity, case_from_json(case), TODAY)] == fields


def test_the_same_patient_is_known_however_the_name_is_written() -> None:
    one = Identity("Test ZEBRA", BORN)
    assert one.known_by == Identity("Zebra, Test", BORN).known_by
    assert Identity("Test ZEBRA").known_by == ()
    assert ZEBRA.known_by[0] == "nhs_number:9990000018"
    assert ZEBRA.spoken_nhs_number == "999 000 0018"


@pytest.mark.parametrize("values", [{"date_of_birth": "12/03/1978"}, {"interpreter": "maybe"}])
def test_values_of_another_shape_are_refused(values: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        from_values(values)
