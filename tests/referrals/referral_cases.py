"""Cases, a practice and made-up services that the tests of the referrals room share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from referrals.draft import Draft, build_draft
from referrals.identity import Identity
from referrals.model import Consent
from referrals.page import DocumentInput
from referrals.routes import choose
from services_directory.case import Case, case_from_json
from services_directory.loading import directory
from services_directory.model import FormField, Route, Service, Source
from services_directory.practice import SAMPLE_FILE, Governance, load_practice
from services_directory.vocabulary import vocabulary

PRACTICE = load_practice(SAMPLE_FILE)
LIVE = replace(
    PRACTICE,
    governance=Governance(
        "the partners", "DPIA-1", "1.0", "clinical safety officer", date(2026, 1, 1)
    ),
)
TODAY = date(2026, 11, 22)
IN_2024 = date(2024, 2, 1)
REFERENCE = "FP-ABCDEFGH"
WORDS = vocabulary()

PACKER = {
    "age": 48,
    "sex": "female",
    "occupation": "warehouse packer",
    "area": "tameside",
    "work_status": "off_sick",
    "absence_weeks": 6,
    "goal": "return_to_work",
    "conditions": ["back_pain", "depression"],
    "barriers": ["employer_adjustments"],
    "uncertain": {"conditions": ["depression"]},
}
SAID = {
    "work_status": "off sick",
    "absence_weeks": "6 wks",
    "conditions:back_pain": "low back pain",
    "conditions:depression": "getting low",
    "barriers:employer_adjustments": "boss won't budge on duties",
    "area": "Ashton",
}


def case(**facts: Any) -> Case:
    """Return a case of the contract's shape."""
    return case_from_json(facts)


def packer(**changes: Any) -> Case:
    """Return the packer of the product's first example, with some facts changed."""
    return case_from_json({**PACKER, **changes})


def route(name: str = "clinician_form", way_in: str = "known", **more: Any) -> Route:
    """Return one route; its contacts are invented."""
    more.setdefault("who", ("gp", "nurse", "ahp"))
    if way_in != "not_known":
        more.setdefault("web", "https://service.example/refer")
    return Route(route=name, how="Through the page", way_in=way_in, **more)  # type: ignore[arg-type]


def service(*routes: Route, **more: Any) -> Service:
    """Return an invented open service."""
    values: dict[str, Any] = {
        "id": "test-service",
        "name": "Test Service",
        "areas": ("england",),
        "needs": ("employment",),
        "kind": "coaching",
        "status": "open",
        "confidence": "medium",
        "sources": (Source("page", "service.example", date(2026, 1, 1)),),
        "source_date": date(2026, 1, 1),
        "offers": "Help to find and keep a job.",
    }
    return Service(routes=tuple(routes), **{**values, **more})


def shipped(service_id: str) -> Service:
    """Return an entry of the shipped directory."""
    return directory().services[service_id]


def draft(
    of: Service, about: Case, role: str | None = "gp", today: date = TODAY, **more: Any
) -> Draft:
    """Return a draft that must not be refused."""
    more.setdefault("said", SAID)
    said = more.pop("said")
    made = build_draft(of, about, said, PRACTICE, today, role, reference=REFERENCE, **more)
    assert isinstance(made, Draft), made
    return made


def text_of(made: Draft) -> str:
    """Return the one document with its line breaks flattened, so that tests read sentences."""
    assert len(made.documents) == 1
    return flat(made.documents[0].text)


def flat(text: str) -> str:
    """Return ``text`` on one line."""
    return " ".join(text.split())


FORM = (
    FormField("full_name", "Name", required=True, identifier=True),
    FormField("work", "Work", ("work_status",), required=True),
    FormField("goal", "Wish", ("goal",)),
)


def given(
    of: Service, about: Case, wanted: str | None = None, role: str = "gp", **more: Any
) -> DocumentInput:
    """Return one referral as its documents are made from it, by the route that ``role`` would take."""
    chosen = choose(of, role, wanted, bool(PRACTICE.link_worker.contact))
    assert chosen is not None
    values: dict[str, Any] = {
        "kind": chosen.kind,
        "reference": REFERENCE,
        "service": of,
        "route": chosen.route,
        "case": about,
        "practice": PRACTICE,
        "today": TODAY,
        "said": SAID,
        "to_sign": chosen.to_sign,
        "internal": chosen.internal,
    }
    return DocumentInput(**{**values, **more})


# Plainly invented; the NHS number is of the range that is never issued.
PATIENT = Identity(
    name="Zażółć Nguyễn-Testpatient",
    date_of_birth=date(1978, 3, 4),
    nhs_number="9990000018",
    sex="female",
    address="2 Example Street\nAnytown",
    postcode="ZZ1 1ZZ",
    phone="0000 000 0001",
    email="testpatient@example.invalid",
    language="Polish",
    interpreter=True,
    communication_need="large print",
    safe_to_ring=True,
    leave_message=False,
)
NAMES_THE_PATIENT = (
    "Zażółć",
    "Testpatient",
    "1978",
    "9990000018",
    "999 000 0018",
    "2 Example Street",
    "0000 000 0001",
    "testpatient@",
)
AGREED = Consent(
    datetime(2026, 11, 22, 9, 30, tzinfo=timezone.utc), "user-1", "gp", "I will send this to them."
)
SETTLED: dict[str, Any] = {"agreement": AGREED, "signed_by": "Dr A. Example (invented), GP"}


def pdf_text(content: bytes) -> str:
    """Return the text of a PDF as a reader program selects it, on one line."""
    return flat(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))
