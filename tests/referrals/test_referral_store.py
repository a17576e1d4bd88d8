"""Keeping drafts: found by their reference, deleted for good."""

from __future__ import annotations

import re
from datetime import date

import pytest
from referral_cases import REFERENCE, draft, packer, route, service

from referrals import store
from referrals.documents import read_document
from referrals.reference import new_reference, tidied


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("FINGERPOST_VAR", str(tmp_path / "var"))


def test_a_draft_is_kept_with_its_document():
    made = draft(service(route()), packer())
    store.create_draft(made, date(2026, 11, 22))
    kept = store.get(REFERENCE)
    assert kept is not None
    assert kept.message == made.to_message()
    assert kept.kinds == ("enquiry_form",)
    assert kept.created_on == date(2026, 11, 22)
    assert read_document(REFERENCE, "enquiry_form") == made.documents[0].text


def test_documents_are_found_as_people_type_references():
    store.create_draft(draft(service(route()), packer()))
    assert read_document(" fp-abcdefgh ", "enquiry_form")
    for wrong in (("FP-ABCDEFGJ", "enquiry_form"), (REFERENCE, "letter"), ("../x", "enquiry_form")):
        assert read_document(*wrong) is None


def test_nothing_is_made_by_looking():
    assert store.get(REFERENCE) is None
    assert read_document(REFERENCE, "letter") is None
    assert store.delete_before(date(2030, 1, 1)) == 0
    assert not store.database_file().exists()


def test_a_reference_is_used_once():
    made = draft(service(route()), packer())
    store.create_draft(made)
    with pytest.raises(store.ReferenceTaken):
        store.create_draft(made)


def test_deleted_drafts_leave_no_bytes():
    made = draft(service(route("clinician_letter")), packer(occupation="zebra keeper"))
    store.create_draft(made, date(2026, 11, 20))
    assert b"zebra" in store.database_file().read_bytes()
    assert store.delete_before(date(2026, 11, 20)) == 0
    assert store.delete_before(date(2026, 11, 21)) == 1
    assert store.get(REFERENCE) is None
    assert read_document(REFERENCE, "letter") is None
    for path in store.database_file().parent.iterdir():
        assert b"zebra" not in path.read_bytes()


def test_the_file_is_its_owners_alone():
    store.create_draft(draft(service(route()), packer()))
    assert store.database_file().stat().st_mode & 0o077 == 0
    assert store.database_file().parent.stat().st_mode & 0o077 == 0


def test_references():
    made = {new_reference() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"FP-[0-9A-HJKMNP-TV-Z]{8}", one) for one in made)
    assert tidied("fp-oil00000") == "FP-01100000"
    assert tidied("FP-123") is None
    assert tidied("FP-UUUUUUUU") is None
