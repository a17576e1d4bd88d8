"""FHIR R4: the Bundle is checked by fhir.resources, every reference is held, and nothing is claimed."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from services_directory.directory import Directory
from services_directory.exchange.fhir_check import faults
from services_directory.exchange.fhir_r4 import bundle, healthcare_service
from services_directory.exchange.open_referral import View
from services_directory.model import Service
from tests.directory.any_service import BOOK, services

DAY = date(2026, 11, 22)
SHIPPED = View(BOOK, DAY)


def of(name: str, day: date = DAY) -> dict[str, Any]:
    return healthcare_service(BOOK.services[name], View(BOOK, day))


def test_the_shipped_bundle_is_valid() -> None:
    made = bundle(SHIPPED)
    assert faults(made) == []
    kinds = [entry["resource"]["resourceType"] for entry in made["entry"]]
    assert kinds.count("HealthcareService") == len(BOOK.services)
    assert {"Organization", "Location"} <= set(kinds)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(services())
def test_any_service_gives_a_valid_bundle(service: Service) -> None:
    view = View(Directory({service.id: service}, BOOK.words, BOOK.areas), DAY)
    assert faults(bundle(view)) == []


@pytest.mark.parametrize(
    ("name", "day", "active"),
    [
        ("access-to-work", DAY, True),
        ("working-well-ips-primary-care", DAY, False),
        ("working-well-ips-primary-care", date(2024, 6, 1), True),
        # Nobody knows: nothing is said.
        ("be-well-manchester", DAY, None),
    ],
)
def test_active_means_that_somebody_may_be_sent_there(
    name: str, day: date, active: bool | None
) -> None:
    assert of(name, day).get("active") is active


def test_a_criterion_carries_its_words_and_source() -> None:
    rule = next(e for e in of("access-to-work")["eligibility"] if e["code"]["text"] == "16 or over")
    assert rule["comment"].startswith("Source: Access to Work eligibility")


def test_our_own_fields_carry_our_prefix() -> None:
    for extension in of("access-to-work")["extension"]:
        assert extension["url"].startswith("urn:fingerpost:fingerpost_")


def test_text_is_no_markdown() -> None:
    service = deepcopy(BOOK.services["acas"])
    object.__setattr__(service, "cautions", ("<script>alert(1)</script> [x](javascript:y)",))
    told = healthcare_service(service, SHIPPED)["extraDetails"]
    assert "<" not in told and r"\[x\]" in told


def test_a_broken_bundle_is_found_out() -> None:
    made = bundle(SHIPPED)
    service = next(
        e["resource"] for e in made["entry"] if e["resource"]["resourceType"] == "HealthcareService"
    )
    service["active"] = "perhaps"
    assert faults(made)
    service["active"] = True
    service["providedBy"] = {"reference": "urn:uuid:nobody"}
    assert faults(made) == ["refers to urn:uuid:nobody, which is not in the bundle"]
