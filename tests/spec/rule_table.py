"""The rule language as a table: a rule, a case, and what the rule says of it. Each row stands for itself.

Run by ``test_eligibility``, and rendered into ``docs/maintainers.md`` by ``scripts/rule_language.py``.
"""

from __future__ import annotations

from typing import Any

MET, NOT_MET, UNKNOWN = "met", "not_met", "unknown"
Row = tuple[str, dict[str, Any], str]

TABLE: dict[str, list[Row]] = {
    "One of several values.": [
        ("work_status: [off_sick]", {"work_status": "off_sick"}, MET),
        ("work_status: [off_sick]", {"work_status": "in_work"}, NOT_MET),
        ("work_status: [off_sick, in_work_struggling]", {"work_status": "off_sick"}, MET),
        ("work_status: [off_sick]", {}, UNKNOWN),
        ("work_status: [off_sick]", {"answered": {"work_status": "dont_know"}}, UNKNOWN),
    ],
    "Lists are open: what is not listed is unknown.": [
        ("conditions: [depression]", {"conditions": ["depression"]}, MET),
        ("conditions: [depression]", {"conditions": ["anxiety"]}, UNKNOWN),
        ("conditions: [depression]", {}, UNKNOWN),
        (
            "conditions: [depression]",
            {"conditions": [], "answered": {"conditions": "complete"}},
            NOT_MET,
        ),
        ("conditions: [depression]", {"ruled_out": {"conditions": ["depression"]}}, NOT_MET),
        (
            "conditions: [depression]",
            {"conditions": ["depression"], "uncertain": {"conditions": ["depression"]}},
            UNKNOWN,
        ),
    ],
    "A group means each of its members; `any` means any at all.": [
        ("conditions: [musculoskeletal]", {"conditions": ["back_pain"]}, MET),
        ("conditions: [severe_mental_illness]", {"conditions": ["bipolar"]}, MET),
        ("conditions: any", {"conditions": ["diabetes"]}, MET),
        ("conditions: any", {}, UNKNOWN),
    ],
    "A wider benefit includes the narrower; siblings exclude each other; `none` closes the list.": [
        ("benefits: [uc]", {"benefits": ["uc_lcwra"]}, MET),
        ("benefits: [uc_lcwra]", {"benefits": ["uc_lcw"]}, NOT_MET),
        ("benefits: [uc_lcwra]", {"benefits": ["uc"]}, UNKNOWN),
        ("benefits: [uc]", {"benefits": ["none"]}, NOT_MET),
        ("benefits: [uc]", {"benefits": ["pip"]}, UNKNOWN),
    ],
    "Numbers.": [
        ("age: {min: 16, max: 24}", {"age": 24}, MET),
        ("age: {min: 16, max: 24}", {"age": 25}, NOT_MET),
        ("age: {min: 18}", {}, UNKNOWN),
        (
            "out_of_work_months: {max: 6, beyond: not_known}",
            {"out_of_work_months": 6},
            MET,
        ),
        (
            "out_of_work_months: {max: 6, beyond: not_known}",
            {"out_of_work_months": 7},
            UNKNOWN,
        ),
        ("out_of_work_months: {max: 6, beyond: not_known}", {}, UNKNOWN),
    ],
    "Yes and no.": [
        ("has_job_offer: true", {"has_job_offer": True}, MET),
        ("under_secondary_mental_health: true", {"under_secondary_mental_health": False}, NOT_MET),
        ("under_secondary_mental_health: true", {}, UNKNOWN),
    ],
    "Programmes.": [
        ("in_programme: [working-well-pioneer]", {"in_programme": "none"}, NOT_MET),
        ("in_programme: any", {"in_programme": "working-well-pioneer"}, MET),
        ("in_programme: any", {"in_programme": "none"}, NOT_MET),
        ("in_programme: any", {}, UNKNOWN),
        ("not: {in_programme: [restart-scheme-gm]}", {"in_programme": "none"}, MET),
    ],
    "Places: a part lies in the whole; the whole may yet be the part.": [
        ("area: [greater-manchester]", {"area": "oldham"}, MET),
        ("area: [manchester-north]", {"area": "manchester"}, UNKNOWN),
        ("area: [oldham]", {"area": "england-other"}, NOT_MET),
    ],
    "Several facts in one rule must all hold.": [
        ("{work_status: [off_sick], age: {min: 18}}", {"work_status": "off_sick", "age": 18}, MET),
        (
            "{work_status: [off_sick], age: {min: 18}}",
            {"work_status": "off_sick", "age": 17},
            NOT_MET,
        ),
        ("{work_status: [off_sick], age: {min: 18}}", {"work_status": "off_sick"}, UNKNOWN),
    ],
    "Any, all, not: unknown is never no.": [
        ("any: [{age: {min: 50}}, {conditions: any}]", {"age": 55}, MET),
        ("any: [{age: {min: 50}}, {conditions: any}]", {"age": 40}, UNKNOWN),
        ("all: [{age: {min: 50}}, {conditions: any}]", {"age": 40}, NOT_MET),
        ("all: [{age: {min: 50}}, {conditions: any}]", {"age": 55}, UNKNOWN),
        ("not: {goal: [not_now]}", {"goal": "not_now"}, NOT_MET),
        ("not: {goal: [not_now]}", {}, UNKNOWN),
    ],
}

ROWS: list[Row] = [row for rows in TABLE.values() for row in rows]
