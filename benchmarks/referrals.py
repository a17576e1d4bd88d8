"""How fast the referrals room works: `make bench-referrals` (`ARGS=documents` for one part).

`documents`: drafts, texts, PDFs, large-print PDFs, FHIR bundles and e-mail drafts a second, of the sample
patients and every entry of the shipped directory that has a way in, on one core. `outbox`: parcels put and
delivered a second, on SQLite and PostgreSQL. Each part is a function in
`PARTS`, with its figures as rows of (what, how many, how many a second).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from _outbox import outbox

from referrals.documents import SENT_KINDS, make
from referrals.draft import Draft, build_draft
from referrals.identity import Identity
from referrals.page import DocumentInput
from referrals.routes import choose
from services_directory.case import Case, case_from_json
from services_directory.loading import directory
from services_directory.practice import SAMPLE_FILE, load_practice

DAY = date(2026, 11, 22)
PRACTICE = load_practice(SAMPLE_FILE)
SECONDS = 3.0
PATIENT = Identity(name="Invented Testpatient", nhs_number="9990000018", phone="0000 000 0001")
CASES = (
    {
        "age": 48,
        "sex": "female",
        "occupation": "warehouse packer",
        "work_status": "off_sick",
        "absence_weeks": 6,
        "goal": "return_to_work",
        "conditions": ["back_pain", "depression"],
        "barriers": ["employer_adjustments", "transport"],
    },
    {
        "age": 27,
        "work_status": "unemployed",
        "out_of_work_months": 14,
        "goal": "find_work",
        "conditions": ["anxiety"],
        "barriers": ["confidence", "debt_finance"],
        "benefits": ["uc"],
    },
)
Row = tuple[str, int, float]


def main() -> int:
    """Run the parts asked for and print their figures; 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all where none is named")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    print(f"{'':<34} {'done':>7} {'a second':>9}")
    for name in options.parts or PARTS:
        for what, done, rate in PARTS[name]():
            print(f"{what:<34} {done:>7} {rate:>9.0f}", flush=True)
    return 0


def documents() -> Iterator[Row]:
    """Measure drafts and each format of their documents."""
    wanted = list(_inputs())
    sent = [one for one in wanted if one.kind in SENT_KINDS and not one.internal]
    mailed = [one for one in sent if one.route.email]
    yield _rate("drafts (form filled, text made)", wanted, _draft)
    yield _rate("text", wanted, lambda one: make(one.kind, one, PATIENT, "txt"))
    yield _rate("PDF", wanted, lambda one: make(one.kind, one, PATIENT))
    yield _rate("PDF, large print", wanted, lambda one: make(one.kind, one, PATIENT, "pdf", True))
    yield _rate(
        "FHIR bundle with its PDF", sent, lambda one: make("fhir_bundle", one, PATIENT, "json")
    )
    yield _rate("e-mail draft with its PDF", mailed, lambda one: make("email", one, PATIENT, "eml"))


def _inputs() -> Iterator[DocumentInput]:
    cases = [case_from_json(raw) for raw in CASES]
    for service in directory().services.values():
        for case in cases:
            if isinstance(build_draft(service, case, {}, PRACTICE, DAY, "gp"), Draft):
                chosen = choose(service, "gp", None, bool(PRACTICE.link_worker.contact))
                assert chosen is not None
                yield DocumentInput(
                    kind=chosen.kind,
                    reference="FP-ABCDEFGH",
                    service=service,
                    route=chosen.route,
                    case=case,
                    practice=PRACTICE,
                    today=DAY,
                    internal=chosen.internal,
                )


def _draft(one: DocumentInput) -> str:
    case: Case = one.case
    made = build_draft(one.service, case, {}, PRACTICE, DAY, "gp")
    assert isinstance(made, Draft)
    return made.documents[0].text


def _rate(what: str, items: Sequence[DocumentInput], do: Callable[[DocumentInput], object]) -> Row:
    """Do it to ``items`` in turn until ``SECONDS`` have passed.

    Each time under another reference, so that nothing kept from the time before answers.
    """
    for item in items[:10]:
        do(item)
    done, start = 0, time.perf_counter()
    while time.perf_counter() - start < SECONDS:
        do(replace(items[done % len(items)], reference=f"FP-{done:08}"))
        done += 1
    return what, done, done / (time.perf_counter() - start)


PARTS: dict[str, Callable[[], Iterable[Row]]] = {"documents": documents, "outbox": outbox}

if __name__ == "__main__":
    sys.exit(main())
