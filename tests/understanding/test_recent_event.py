"""An operation or injury of late: the illness is kept, and a job beside it is no proof of being at work."""

from __future__ import annotations

import pytest

from understanding.reader import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("57M Wigan had op on shoulder 3 weeks ago, off, joiner", "neck_shoulder"),
        ("operation on his knee 2/52 ago, off", "lower_limb"),
        ("surgery to her wrist last month, off sick", "upper_limb"),
        ("op on his back 4/52 ago", "back_pain"),
        ("op on bowel 3/52 ago", "gastrointestinal"),
        ("waiting for op on shoulder", "neck_shoulder"),
        ("bypass 6/52 ago", "cardiovascular"),
        ("had a bypass 6/52 ago, off", "cardiovascular"),
        ("gastric bypass 6/52 ago", "obesity"),
        ("burnt hand 3/52 ago at work, chef", "upper_limb"),
        ("burned her arm 2/52 ago", "upper_limb"),
        ("cut his hand badly 2/52 ago, joiner", "upper_limb"),
        ("burnt out 3 weeks ago, teacher", "stress"),
    ],
)
def test_what_was_operated_on_is_read(reader: Reader, text: str, condition: str) -> None:
    assert reader.read(text).case["conditions"] == [condition]


@pytest.mark.parametrize(
    "text",
    [
        "hysterectomy 3 weeks ago, teacher",
        "hernia op 2 weeks ago, roofer",
        "knee op 2/52 ago, postman",
        "MI 6/52 ago, bus driver",
        "broke his wrist 2 weeks ago, roofer",
        "burnt hand 3/52 ago at work, chef",
    ],
)
def test_a_job_beside_it_leaves_open_who_is_at_work(reader: Reader, text: str) -> None:
    case = reader.read(text).case
    assert "work_status" not in case
    assert case["occupation"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("hysterectomy 3 weeks ago, teacher, working", "in_work"),
        ("hysterectomy 3/52 ago, off, teacher", "off_sick"),
        ("knee replacement 10 weeks ago, postman", "in_work"),
        ("stroke 2 years ago, teacher", "in_work"),
        ("seen at surgery 3 weeks ago, roofer", "in_work"),
        ("op on shoulder in 3 weeks, joiner", "in_work"),
        ("hysterectomy 3 weeks ago, teacher, finding it hard standing", "in_work_struggling"),
    ],
)
def test_what_is_said_of_work_stands(reader: Reader, text: str, status: str) -> None:
    assert reader.read(text).case["work_status"] == status


def test_a_bypass_may_be_a_road(reader: Reader) -> None:
    assert "conditions" not in reader.read("works on the bypass").case
