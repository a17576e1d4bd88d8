"""What `fingerpost directory check` says: for each mistake its line, its kind and the mend."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from services_directory.checking import check_path
from services_directory.findings import Finding
from services_directory.loading import ENTRIES_FOLDER
from services_directory.verifications import (
    VERIFICATIONS_FILE,
    Verification,
    append_verification,
    fingerprint,
)
from services_directory.yaml_files import read_nodes

DAY = date(2026, 11, 22)
# Lines of this entry are counted below: keep its layout.
GOOD = """\
id: new-service
name: A new service
areas: [oldham]
needs: [money]
kind: advice
status: open
source_date: 2026-10-01
confidence: high
sources:
  - {id: page, cite: The service's page, dated: 2026-10-01}
criteria:
  - id: debt
    says: Has debt
    source: page
    barriers: [debt_finance]
routes:
  - route: phone
    who: [patient]
    how: The patient calls
    way_in: known
    phone: 0161 496 0000
    source: page
personas:
  - {name: In debt, case: {area: oldham, barriers: [debt_finance]}, verdict: eligible}
  - {name: In Bury, case: {area: bury, barriers: [debt_finance]}, verdict: not_eligible}
"""


def checked(folder: Path, text: str = GOOD, day: date = DAY) -> list[str]:
    path = folder / "new-service.yml"
    path.write_text(text, encoding="utf-8")
    return [said(finding) for finding in check_path(path, day)]


def said(finding: Finding) -> str:
    return f"{finding.line}: {finding.severity}: {finding.message}"


def test_a_good_entry_has_no_findings(tmp_path: Path) -> None:
    assert checked(tmp_path) == []


MISTAKES: list[tuple[str, str, str]] = [
    # Words that nobody knows.
    ("needs: [money]", "needs: [mony]", "4: error: needs: 'mony' is not known; did you mean 'money'?"),
    ("areas: [oldham]", "areas: [oldam]", "3: error: areas: 'oldam' is not known; did you mean 'oldham'?"),
    ("kind: advice", "kindd: advice", "5: error: entry: unknown key 'kindd'; did you mean 'kind'?"),
    ("barriers: [debt_finance]", "barriers: [debt]", "15: error: barriers: 'debt' is not known"),
    ("barriers: [debt_f", "barrier: [debt_f", "15: error: 'barrier' is not a key of the patient case"),
    ("barriers: [debt_finance]", "occupation: [nurse]", "15: error: occupation: is free text, which no rule"),
    ("source: page\n    barriers", "source: pag\n    barriers", "14: error: the source of criterion"),
    ("route: phone", "route: phon", "17: error: route: 'phon' is not known; did you mean 'phone'?"),
    ("who: [patient]", "who: [patent]", "18: error: who: 'patent' is not known; did you mean"),
    # What is missing.
    ("    source: page\n    barriers", "    barriers", "12: error: criterion: 'source' is missing"),
    ("    phone: 0161 496 0000\n    source: page\n", "    phone: 0161 496 0000\n", "17: error: route: 'so"),
    ("    phone: 0161 496 0000\n", "", "20: error: route 'phone': way_in known needs a web, phone or email"),
    ("name: A new service\n", "", "1: error: entry: 'name' is missing"),
    ("    barriers: [debt_finance]\n", "", "12: error: criterion 'debt' says nothing that can be checked"),
    # Rules that nobody can meet, or that no question settles.
    ("barriers: [debt_finance]", "barriers: []", "15: error: barriers: the list is empty"),
    ("barriers: [debt_finance]", "age: {min: 60, max: 50}", "15: error: age: min 60 is above max 50"),
    ("barriers: [debt_finance]", "age: {min: 500}", "15: error: age: min 500 is outside 0 to 120"),
    ("barriers: [debt_finance]", "gp_area: [oldham]", "15: error: gp_area: no question asks for this"),
    ("barriers: [debt_finance]", "work_status_outcome: [declined]", "15: error: work_status_outcome: no"),
    ("barriers: [debt_finance]", "in_programme: [working-wel-pilot]", "15: error: in_programme: no"),
    # Dates.
    ("status: open", "status: open\nvalid_from: 2026-02-01\nvalid_to: 2026-01-31", "8: error: valid_to 2026"),
    ("2026-10-01\nconf", "1/10/2026\nconf", "7: error: source_date: '1/10/2026' is not a date such as"),
    ("2026-10-01\nconf", "2027-10-01\nconf", "7: warning: source_date 2027-10-01 is still to come"),
    ("status: open", "status: planned", "6: warning: a planned service needs valid_from"),
    ("status: open", "status: ended\nvalid_to: 2027-01-31", "6: warning: its status says ended, its dates"),
    # Other entries.
    ("status: open", "status: open\nreplaced_by: [workwel-gm]", "7: error: replaced_by: no entry has the id"),
    ("status: open", "status: open\nreplaces: [new-service]", "7: error: replaces: an entry cannot follow"),
    ("status: open", "status: open\naliases: [acas]", "7: error: aliases: 'acas' is the id of another entry"),
    ("id: new-service", "id: New Service", "1: error: id: 'New Service' must be small letters"),
    ("id: new-service", "id: other-name", "1: warning: id: 'other-name' stands in new-service.yml"),
    # What may not stand in an entry's words.
    ("0161 496 0000", "0800 032 6235", "21: error: phone: this number is dead (Fit for Work"),
    ("0161 496 0000", "08000778844", "21: error: phone: this number is dead"),
    ("The patient calls", "Ask jo.bloggs@example.org", "19: error: how: 'jo.bloggs@example.o…' looks"),
    ("0161 496 0000", "07700 900123", "21: warning: phone: looks like a mobile number"),
    ("phone: 0161 496 0000", "web: javascript:alert(1)", "21: error: web: 'javascript:alert(1)' must start"),
    ("The patient calls", "<b>Call</b>", "19: warning: how: looks like HTML or a template"),
    ("The patient calls", "Call .* now", "19: warning: how: looks like a search pattern"),
    ("The patient calls", "Call\u202e now", "19: error: how: holds characters that cannot be seen"),
    ("The patient calls", "Call " * 200, "19: warning: how: 999 characters is long to read"),
    ("The patient calls", "Call " * 2000, "19: error: how: 9999 characters; keep it under"),
    # Stamps.
    ("status: open", "status: open\nverified_on: 2026-11-01", "7: error: verified_on was not written by"),
    # Personas.
    ("verdict: eligible", "verdict: possible", "24: error: persona 'In debt': expected possible"),
    ("verdict: not_eligible", "verdict: eligible", "25: error: persona 'In Bury': expected eligible"),
    ("{area: bury, ", "{area: bury, in_programme: restart, ", "25: error: in_programme: no entry has the"),
    ("{area: bury, ", "{area: berry, ", "25: error: persona 'In Bury': area: 'berry' is not an area"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "finding"), MISTAKES)
def test_each_mistake_is_told_with_its_line(
    right: str, wrong: str, finding: str, tmp_path: Path
) -> None:
    assert right in GOOD
    found = checked(tmp_path, GOOD.replace(right, wrong, 1))
    assert any(line.startswith(finding) for line in found), found


def test_all_findings_are_told_not_just_the_first(tmp_path: Path) -> None:
    text = GOOD.replace("[money]", "[mony]").replace("advice", "advise").replace("fone", "phone")
    text = text.replace("[oldham]", "[oldam]", 1).replace("0161 496 0000", "0800 032 6235")
    assert [line.split(":")[0] for line in checked(tmp_path, text)] == ["3", "4", "5", "21"]


@pytest.mark.parametrize(
    "email", ["bewell.referrals@example.org", "jo@samaritans.org", "maes.info@example.org", "a.team@x.org"]
)  # fmt: skip
def test_addresses_of_teams_pass(email: str, tmp_path: Path) -> None:
    assert checked(tmp_path, GOOD.replace("phone: 0161 496 0000", f"email: {email}")) == []


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the whole shipped tree."""
    return Path(shutil.copytree(ENTRIES_FOLDER, tmp_path / "tree"))


def errors(folder: Path) -> list[str]:
    found = [f for f in check_path(folder, DAY) if f.severity == "error"]
    return [f"{Path(f.path).name}:{said(f)}" for f in found]


def test_the_shipped_entries_and_a_copy_of_them_have_no_errors(copy: Path) -> None:
    assert errors(ENTRIES_FOLDER) == []
    assert errors(copy) == []


def test_two_entries_with_one_id(copy: Path) -> None:
    shutil.copy(copy / "england" / "acas.yml", copy / "england" / "zacas.yml")
    assert [
        line
        for line in errors(copy)
        if line.startswith("zacas.yml:2: error: the id 'acas' already")
    ]


def test_successors_in_a_circle(copy: Path) -> None:
    path = copy / "england" / "acas.yml"
    path.write_text(
        path.read_text().replace("status: open", "replaced_by: [shelter]\nstatus: open", 1)
    )
    path = copy / "england" / "shelter.yml"
    path.write_text(
        path.read_text().replace("status: open", "replaced_by: [acas]\nstatus: open", 1)
    )
    assert any("goes in a circle: acas > shelter > acas" in line for line in errors(copy))


def test_an_entry_that_others_name_is_missed(copy: Path) -> None:
    (copy / "england" / "workwell-england.yml").unlink()
    assert any(
        "fit-for-work-national.yml" in line and "no entry has the id 'workwell-england'" in line
        for line in errors(copy)
    )


def test_a_folder_without_a_keeper_and_facts_past_their_age(copy: Path) -> None:
    (copy / "england" / "_folder.yml").unlink()
    found = [str(finding) for finding in check_path(copy, DAY)]
    assert any("england/_folder.yml:1: warning: nobody keeps this folder" in line for line in found)
    assert any(
        "workwell-gm.yml:18: warning: its facts are 8 months old (its folder allows 6)" in line
        for line in found
    ), [line for line in found if "workwell-gm" in line]


def test_an_edit_of_a_shipped_entry_kept_elsewhere_is_a_proposal(tmp_path: Path) -> None:
    path = tmp_path / "acas.yml"
    shutil.copy(ENTRIES_FOLDER / "england" / "acas.yml", path)
    assert [f for f in check_path(path, DAY) if f.severity == "error"] == []


def test_a_whole_checkout_is_its_entries() -> None:
    assert check_path(ENTRIES_FOLDER.parent.parent, DAY) == check_path(ENTRIES_FOLDER, DAY)
    assert check_path(ENTRIES_FOLDER.parent, DAY) == check_path(ENTRIES_FOLDER, DAY)


def test_no_such_path() -> None:
    (finding,) = check_path(Path("nowhere"), DAY)
    assert "no such file or folder" in finding.message


def test_a_stamp_holds_only_with_its_record_and_for_its_facts(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "entries").mkdir(parents=True)
    (home / "entries" / "_folder.yml").write_text("owner_role: Keeper\nmax_age_months: 12\n")
    path = home / "entries" / "new-service.yml"
    stamped = GOOD.replace(
        "confidence: high", "verified_on: 2026-11-01\nverified_by_role: Keeper\nconfidence: high"
    )
    path.write_text(stamped)
    shutil.copy(VERIFICATIONS_FILE, home / "verifications.yml")
    assert any("verified_on was not written by" in str(f) for f in check_path(home, DAY))
    node, _ = read_nodes(path)
    assert node is not None
    record = Verification("new-service", date(2026, 11, 1), "Keeper", fingerprint(node))
    append_verification(record, home / "verifications.yml")
    assert check_path(home, DAY) == ()
    path.write_text(stamped.replace("0161 496 0000", "0161 496 0001"))
    assert [
        "facts have changed since they were verified" in f.message for f in check_path(home, DAY)
    ] == [True]


def test_a_name_that_two_entries_answer_to_by_mistake(tmp_path: Path) -> None:
    shared = GOOD.replace("status: open", "status: open\naliases: [Shelter, Working Well, IPS]")
    (finding,) = checked(tmp_path, shared)
    assert finding.startswith("7: error: aliases: 'Shelter' is also a name of shelter; change one")


def test_the_file_of_a_folder_is_checked_as_such(tmp_path: Path) -> None:
    path = tmp_path / "_folder.yml"
    path.write_text("owner_role: Keeper\nmax_age_months: twelve\n")
    assert [said(f) for f in check_path(path, DAY)] == [
        "2: error: max_age_months: write a whole number of months, 1 to 60"
    ]


@pytest.mark.parametrize(
    ("file", "text", "finding"),
    [
        (
            "vocabulary/needs.yml",
            "key: needs\nids: [money]\n",
            "each need a block with a line an id",
        ),
        ("vocabulary/needs.yml", "key: [", "opened here is not closed"),
        ("vocabulary/goal.yml", "key: goal\nids: {x: {label: X}}\n", "holds no needs.yml"),
        ("areas/areas.yml", "- oldham\n", "write the areas as `id:` with a block under each"),
        ("areas/areas.yml", "oldham: Oldham\n", "area 'oldham' needs at least `label: …`"),
        ("areas/areas.yml", "oldham: {label: Oldham, parent: x}\n", "lies in an unknown 'x'"),
    ],
)
def test_a_broken_vocabulary_or_tree_of_areas_is_one_finding(
    file: str, text: str, finding: str, tmp_path: Path
) -> None:
    for folder in ("entries", "vocabulary", "areas"):
        (tmp_path / folder).mkdir()
    if not file.startswith("vocabulary"):
        shutil.copytree(
            ENTRIES_FOLDER.parent / "vocabulary", tmp_path / "vocabulary", dirs_exist_ok=True
        )
    (tmp_path / file).write_text(text)
    found = check_path(tmp_path, DAY)
    assert [finding in f.message for f in found] == [True], found


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ("    delivery: {channel: email}", "'' is no e-mail address of a team"),
        ("    delivery: {channel: by_hand, address: x@y.uk}", "by_hand has none"),
        ("    delivery: {channel: fhir, address: http://x.org}", "must start with https://"),
        ("    delivery: {channel: post}", "'post' is not known"),
        ("    delivery: {channel: email, address: jo.bloggs@nhs.net}", "looks like a person's"),
        ("    reply_within_days: soon", "'soon' is not a whole number of days"),
        ("    reply_within_days: 900", "write from 1 to 365 days"),
        ("    may_include: [condition]", "'condition' is not known; did you mean 'conditions'?"),
        (
            "    may_include: [conditions]\n    never_include: [conditions]",
            "'conditions' stands in never_include as well",
        ),
        ("    delivery: {channel: email, address: referrals@service.example}", None),
        ("    reply_within_days: 14\n    may_include: [conditions]", None),
    ],
)
def test_how_a_referral_is_handed_over(tmp_path: Path, added: str, told: str | None) -> None:
    text = GOOD.replace("    source: page\npersonas", f"    source: page\n{added}\npersonas")
    found = checked(tmp_path, text)
    assert any(told in line for line in found) if told else found == []
