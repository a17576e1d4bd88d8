"""The maintainers' pages over HTTP: what they say, who gets in, and that only a form changes anything."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
import requests

from bot.sign_in import ROLES, User
from bot.web.health import health
from bot.web.maintain.access import DEMO, maintainer_of
from bot.web.maintain.case_form import case_fields, raw_case, sent_of
from services_directory.case import case_from_json
from services_directory.keeping.approvals import approve
from services_directory.keeping.home import SHIPPED, read_home
from services_directory.keeping.instance import Instance
from services_directory.keeping.notes import append_note, pause_note, read_notes
from services_directory.keeping.patients import sample_patients
from services_directory.keeping.serving import Mode
from services_directory.live import LiveDirectory
from services_directory.loading import directory
from tests.conversations.server import ROOT, free_port
from tests.directory.checkouts import directory_at, edit

# The pages need no model, so the server starts without Rasa.
SERVE = (
    "import sys; from bot.server import build_app; from bot.settings import settings\n"
    "build_app(settings(port=int(sys.argv[1]))).run(host='127.0.0.1', port=int(sys.argv[1]),"
    " access_log=False, motd=False)"
)
PAGES = (
    "", "?q=workwell&area=wigan&status=open", "/entries/workwell-gm", "/check", "/stale", "/try",
    "/try?patient=nobody", "/edit", "/edit?id=workwell-gm", "/new", "/diff", "/diff?against=HEAD",
)  # fmt: skip


@dataclass
class Site:
    url: str
    var: Path

    def get(self, path: str, **headers: str) -> requests.Response:
        return requests.get(f"{self.url}/maintain{path}", headers=headers, timeout=30)

    def post(self, path: str, data: object, **headers: str) -> requests.Response:
        sent = {"Origin": self.url, "Sec-Fetch-Site": "same-origin", **headers}
        return requests.post(
            f"{self.url}/maintain{path}",
            data=data,  # type: ignore[arg-type]
            headers={key: value for key, value in sent.items() if value},
            timeout=30,
        )

    @property
    def log(self) -> str:
        path = self.var / "maintenance.jsonl"
        return path.read_text() if path.exists() else ""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    var, port = tmp_path_factory.mktemp("maintain"), free_port()
    clean = {key: value for key, value in os.environ.items() if not key.startswith("FINGERPOST_")}
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(port)],
        cwd=ROOT,
        env={
            **clean,
            "FINGERPOST_VAR": str(var),
            "FINGERPOST_AS_OF": "2026-11-22",
            "FINGERPOST_BASE_URL": f"http://127.0.0.1:{port}",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                requests.get(f"{url}/health", timeout=5)
                break
            except requests.ConnectionError:
                assert process.poll() is None
                time.sleep(0.1)
        yield Site(url, var)
    finally:
        process.terminate()
        process.wait(timeout=20)


def files_as_they_are() -> str:
    digest = hashlib.sha256()
    for path in sorted(SHIPPED.root.rglob("*.yml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@pytest.mark.parametrize("path", PAGES)
def test_opening_a_page_changes_nothing(site: Site, path: str) -> None:
    before = site.log
    answer = site.get(path)
    assert answer.status_code == 200
    assert re.search(r"<title>[^<]+ – Keeping the directory – Fingerpost</title>", answer.text)
    assert answer.text.count("<h1") == 1
    assert "<script" not in answer.text and "style=" not in answer.text
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "Rehearsal." in answer.text and "invented patients only" in answer.text
    assert site.log == before


def test_a_link_in_a_mail_never_acts(site: Site) -> None:
    for action in ("still-right", "needs-change", "pause", "resume"):
        assert site.get(f"/entries/acas/{action}?role=x&text=y&until=2027-01-01").status_code in (
            404,
            405,
        )
    assert "acas" not in site.log


def test_an_entry_reads_as_the_command_says(site: Site) -> None:
    text = site.get("/entries/working-well-pioneer").text
    assert "Takes no new referrals (since 30 September 2024)" in text
    assert "For people who live in Greater Manchester" in text
    assert "Kept by: Work and health programme lead" in text
    assert site.get("/entries/nope").status_code == 404
    assert site.get("/entries/..%2F..%2Fpasswd").status_code == 404


def test_pause_and_resume(site: Site) -> None:
    page = "/entries/workwell-gm"
    form = {"role": "Work lead", "text": "No <b>coach</b> & no desk", "until": "2026-12-31"}
    done = site.post(f"{page}/pause", form)
    assert done.url.endswith("?done=paused") and "Paused. Clinicians no longer see it" in done.text
    assert "Paused until 31 December 2026: No &lt;b&gt;coach&lt;/b&gt; &amp; no desk" in done.text
    assert "<b>coach" not in done.text
    tried = site.post(
        "/try", {"area": "tameside", "work_status": "off_sick", "only": "workwell-gm"}
    )
    assert "Paused until 31 December 2026" in tried.text
    done = site.post(f"{page}/resume", {"role": "Work lead", "text": "Coach found"})
    assert "The pause has ended" in done.text and "<strong>Open.</strong>" in done.text
    kinds = [note.kind for note in read_notes(site.var / "maintenance.jsonl").notes]
    assert kinds[-2:] == ["pause", "resume"]


def test_still_right_and_needs_a_change(site: Site) -> None:
    done = site.post(
        "/entries/acas/needs-change", {"role": "GP", "text": "Call 07700 900123 instead"}
    )
    assert "The note is kept" in done.text
    assert "07700" not in site.log, "no number gets in by a slip"
    assert "somebody says" in site.get("/stale").text or "GP" in site.get("/stale").text
    assert re.search(r"  http://127.0.0.1:\d+/maintain/entries/acas", site.get("/stale").text)
    done = site.post("/entries/acas/still-right", {"role": "National lead"})
    assert "Recorded: the facts are still right." in done.text
    assert "Confirmed with the service on 22 November 2026" in done.text


@pytest.mark.parametrize(
    ("form", "complaint"),
    [
        ({"role": "lead", "text": "x", "until": "2020-01-01"}, "before it begins"),
        ({"role": "lead", "text": "x", "until": "soon"}, "Say until when"),
        ({"role": "lead", "text": "", "until": "2026-12-31"}, "Say why"),
        ({"role": "", "text": "x", "until": "2026-12-31"}, "Say in which role"),
        ({}, "Say until when"),
    ],
)
def test_a_form_that_cannot_be_taken_keeps_its_answers(
    site: Site, form: dict[str, str], complaint: str
) -> None:
    before = site.log
    answer = site.post("/entries/cruse/pause", form)
    assert answer.status_code == 400 and complaint in answer.text
    assert "<title>Error: " in answer.text and 'role="alert"' in answer.text
    if form.get("text"):
        assert 'value="x"' in answer.text
    assert site.log == before


FOREIGN = [
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "null"},
    {"Origin": "", "Sec-Fetch-Site": ""},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"X-Forwarded-For": "10.0.0.1"},
    {"Host": "evil.example"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_only_our_own_forms_change_anything(site: Site, headers: dict[str, str]) -> None:
    before = site.log
    form = {"role": "lead", "text": "x", "until": "2026-12-31"}
    assert site.post("/entries/cruse/pause", form, **headers).status_code == 403
    assert site.log == before


def test_maintainers_and_the_demo_user_get_in_and_nobody_else() -> None:
    found = {role: maintainer_of(User("1", "A", role, "Y99999")) for role in ROLES}
    assert {role for role, who in found.items() if who} == {"maintainer"}
    assert maintainer_of(None) is None
    assert maintainer_of(User("1", "A", "gp", "Y99999", demo=True)) == DEMO


@pytest.mark.parametrize("headers", [{"Host": "practice.example"}, {"X-Forwarded-For": "10.0.0.1"}])
def test_without_a_sign_in_only_this_machine_gets_in(site: Site, headers: dict[str, str]) -> None:
    assert site.get("/").status_code == 200
    assert site.get("/", **headers).status_code == 403


def test_trying_a_patient(site: Site) -> None:
    patient = "Off sick for six weeks with stress, Trafford"
    filled = site.get("/try?patient=" + patient.replace(" ", "%20"))
    assert 'value="off_sick" selected' in filled.text and 'value="stress" checked' in filled.text
    form = [
        ("work_status", "off_sick"),
        ("area", "trafford"),
        ("conditions", "stress"),
        ("age", "38"),
    ]
    answer = site.post("/try", form)
    assert "are offered" in answer.text and "Lives in" in answer.text
    wrong = site.post("/try", [("age", "old")])
    assert wrong.status_code == 400 and "Age: expected a number" in wrong.text
    assert site.post("/try", [("conditions", "<img>")]).text.count("<img>") == 0


def test_the_form_of_a_case_says_every_sample_patient() -> None:
    book = directory()
    fields = case_fields(book)
    for patient in sample_patients(book.words, book.areas):
        sent = sent_of(patient.raw)
        raw = raw_case(fields, sent)
        left_out = {"sex", "in_programme", "occupation"}
        expected = {k: v for k, v in patient.case.to_json().items() if k not in left_out}
        assert case_from_json(raw).to_json() == expected


def test_trying_an_edit_saves_nothing(site: Site) -> None:
    before = files_as_they_are()
    text = (SHIPPED.entries / "greater-manchester" / "workwell-gm.yml").read_text()
    good = site.post("/edit", {"text": text.replace("age: {min: 16}", "age: {min: 45}")})
    # Its own personas say that sixteen fits: the page names them.
    assert "Sixteen, struggling at work" in good.text
    text = text.replace("[tameside", "[tameside")
    fine = site.post("/edit", {"text": text.replace("Early, light help.", "Early help.")})
    assert "Nothing is wrong with it." in fine.text and "What it offers:" in fine.text
    bad = site.post(
        "/edit", {"text": text.replace("needs: [job_retention", "needs: [job_retenshun")}
    )
    assert "did you mean &#39;job_retention&#39;" in bad.text
    for nonsense in (
        "",
        "[",
        "id: [",
        "\x00",
        "<script>alert(1)</script>",
        "a: &x [*x]",
        "- " * 9000,
    ):
        answer = site.post("/edit", {"text": nonsense})
        assert answer.status_code == 200 and "<script>alert" not in answer.text
    assert files_as_they_are() == before


def test_the_choices_of_a_new_entry_are_in_words(site: Site) -> None:
    page = site.get("/new").text
    for field, words in (
        ("needs-housing", "housing"),
        ("barriers-housing", "housing problem"),
        ("who-gp", "GP"),
        ("who-ahp", "allied health professional"),
    ):
        assert f'<label for="{field}">{words}</label>' in page
    assert (
        '<option value="clinician_form">a form that a health professional fills in</option>' in page
    )


def test_a_new_entry_is_made_but_not_saved(site: Site) -> None:
    before = files_as_they_are()
    answers = [
        ("name", "Mill Street Kitchen"), ("areas", "oldham"), ("offers", "Cooking together"),
        ("needs", "social"), ("needs", "employment"), ("kind", "coaching"), ("status", "open"),
        ("source", "A leaflet"), ("confidence", "low"), ("route", "phone"), ("who", "patient"),
        ("how", "Call"), ("phone", "0161 496 0001"), ("min_age", "18"),
    ]  # fmt: skip
    answer = site.post("/new", answers)
    assert "entries/greater-manchester/oldham/mill-street-kitchen.yml" in answer.text
    assert "says: Aged 18 or over" in answer.text
    missing = site.post("/new", [a for a in answers if a[0] != "offers"])
    assert missing.status_code == 400 and "Offers: this one is needed" in missing.text
    assert 'href="#q-offers"' in missing.text and 'id="q-offers"' in missing.text
    twice = site.post("/new", [("name", "WorkWell Manchester"), *answers[1:]])
    assert twice.status_code == 400 and "workwell-manchester" in twice.text
    assert files_as_they_are() == before


class Ready:
    """Stands in for Rasa's agent."""

    processor = SimpleNamespace(model_filename="model.tar.gz")

    def is_ready(self) -> bool:
        return True


@pytest.mark.parametrize("mode", ["live", "rehearsal"])
def test_health_says_what_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: Mode
) -> None:
    home = directory_at(tmp_path / "c")
    read, day = read_home(home), date(2026, 11, 22)
    approve(read, read.tree.by_id["job-garden"], "Second role", "First role", day)
    edit(home, "age: {min: 18}", "age: {min: 21}")
    log = tmp_path / "maintenance.jsonl"
    append_note(pause_note("job-garden", day, date(2026, 12, 1), "No coach", "lead"), log)
    here = Instance(LiveDirectory(home.entries, None), home, mode, log)
    monkeypatch.setattr("bot.web.health.instance", lambda: here)
    monkeypatch.setenv("FINGERPOST_AS_OF", "2026-11-22")
    status, body = health(Ready())
    told = body["directory"]
    assert status == 200 and told["services"] == 1 and told["paused"] == ["job-garden"]
    assert (told["mode"], told["approved"]) == (mode, mode == "live")
    assert bool(told["held_back"]) is (mode == "live")
    assert told["revision"].startswith("rehearsal-files-" if mode == "rehearsal" else "files-")
