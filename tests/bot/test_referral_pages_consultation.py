"""The page of one consultation over HTTP: a real server, record and desk; every role; every button."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import requests
from referral_site import (
    NAMES,
    PASTED,
    Site,
    cases,
    fields_of,
    identity,
    now,
    place,
    referral_site,
    text_of,
)

from bot.web.referrals.acts import KEPT
from referrals import desk


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with referral_site(tmp_path_factory.mktemp("room")) as running:
        yield running


# --- What it shows


def test_every_referral_of_the_consultation_on_one_screen(site: Site) -> None:
    one = site.opened(cases.BY_EMAIL)
    other = site.opened(cases.LETTER, consultation_id=one.consultation_id)
    answer = site.gp.get(place(one))
    assert answer.status_code == 200
    words = text_of(answer)
    assert "Nothing has been sent." in words
    for referral in (one, other):
        assert referral.reference in words
    # Where each value came from, and what the receiver requires.
    assert 'Work required your words: "off sick"' in words
    assert "I will send Test Service this about you" in words
    assert "What taking part means for benefits is not known: ask first." in words
    assert 'value="soon"' in answer.text and 'value="can wait"' in answer.text
    # None is ticked for the patient.
    assert "agree" not in fields_of(answer.text)


def test_headers_of_a_framed_page(site: Site) -> None:
    answer = site.gp.get(place(site.opened()))
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy and "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "style=" not in answer.text and "onclick" not in answer.text
    outside = site.gp.get("/r/" + "x" * 43)
    assert outside.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in outside.headers["Content-Security-Policy"]


def test_who_is_not_signed_in_sees_nothing(site: Site) -> None:
    referral = site.opened()
    for path in (place(referral), f"/referrals/{referral.reference}", "/referrals/worklist"):
        answer = requests.get(site.url + path, timeout=10)
        assert answer.status_code == 401
        assert "low back pain" not in answer.text and "Test Service" not in answer.text


def test_signed_out_meanwhile(site: Site) -> None:
    referral = site.opened()
    sent = {**site.gp.form(place(referral)), "do": f"withdraw:{referral.reference}"}
    answer = requests.post(site.url + place(referral), sent, timeout=10)
    assert answer.status_code == 401
    assert "Nothing was changed." in text_of(answer)
    assert site.seen(referral.reference).referral.state == "draft"


def test_another_practice_finds_nothing(site: Site) -> None:
    referral = site.opened()
    stranger = site.person("dr-x", "gp", "X99999")
    for path in (
        place(referral),
        f"/referrals/{referral.reference}",
        f"/referrals/{referral.reference}/papers/patient_handout.pdf",
        f"/referrals/api/{referral.reference}/status",
    ):
        assert stranger.get(path).status_code == 404, path


def test_reception_reads_no_condition(site: Site) -> None:
    referral = site.opened(cases.BY_EMAIL)
    desk_clerk = site.person("desk-d", "reception")
    answer = desk_clerk.get(place(referral))
    assert answer.status_code == 200
    for word in ("back pain", "getting low", "budge", "employer"):
        assert word not in answer.text.lower()
    assert "not shown to your role" in answer.text
    assert "Record: agreed" not in answer.text
    name = f"/referrals/{referral.reference}/papers/patient_handout.pdf"
    assert desk_clerk.get(name).status_code == 403


@pytest.mark.parametrize(
    ("role", "button", "refused"),
    [
        ("auditor", "withdraw", True),
        ("auditor", "sign", True),
        ("auditor", "by-hand", True),
        ("auditor", "forget-identity", True),
        ("auditor", "show-identity", True),
        ("auditor", "consent", True),
        ("auditor", "refill", True),
        ("reception", "consent", True),
        ("reception", "withdraw", True),
        ("reception", "sign", True),
        ("reception", "show-identity", False),
        ("link_worker", "consent", False),
        ("link_worker", "sign", True),
        ("nurse", "sign", False),
        ("ahp", "withdraw", False),
        ("maintainer", "withdraw", True),
    ],
)
def test_each_role_presses_only_its_own_buttons(
    site: Site, role: str, button: str, refused: bool
) -> None:
    referral = site.opened(cases.BY_HAND)
    desk.set_identity(site.room, site.gp.actor, now(), referral.reference, cases.ZEBRA)
    if button in ("sign", "by-hand"):
        desk.record_consent(site.room, site.gp.actor, now(), [referral.reference])
    somebody = site.person(f"some-{role}", role)
    html = somebody.get(place(referral)).text
    # Forged as well: whose page has no such button sends it all the same.
    token = fields_of(site.person(f"some-{role}", role).get("/referrals/worklist").text)
    for_one = button in ("withdraw", "sign", "by-hand", "refill")
    sent = {
        **token, **fields_of(html), "agree": referral.reference,
        "do": f"{button}:{referral.reference}" if for_one else button,
    }  # fmt: skip
    before = site.seen(referral.reference)
    answer = somebody.post(place(referral), sent)
    assert (answer.status_code in (403, 409)) == refused, text_of(answer)
    if refused:
        after = site.seen(referral.reference)
        assert after.referral == before.referral and after.consents == before.consents
        assert after.identity_held and "Test Zebra" not in answer.text


# --- Changing it


def test_an_edit_stays_and_a_refill_leaves_it(site: Site) -> None:
    referral = site.opened(cases.BY_HAND)
    field = f"f:{referral.reference}:tried"
    done = site.gp.press(place(referral), "save", also={field: "Lighter duties for a week"})
    assert "Saved." in text_of(site.gp.follow(done))
    site.gp.press(place(referral), f"refill:{referral.reference}")
    kept = site.seen(referral.reference).referral.field("tried")
    assert kept is not None and kept.value == "Lighter duties for a week" and kept.edited
    assert "edited by hand" in site.gp.get(place(referral)).text


def test_a_field_can_be_emptied(site: Site) -> None:
    referral = site.opened(cases.BY_HAND)
    site.gp.press(place(referral), "save", also={f"f:{referral.reference}:health": ""})
    kept = site.seen(referral.reference).referral.field("health")
    assert kept is not None and kept.value == "" and kept.edited


def test_what_was_not_touched_is_no_edit(site: Site) -> None:
    referral = site.opened(cases.BY_HAND)
    site.gp.press(place(referral), "save")
    assert not any(f.edited for f in site.seen(referral.reference).referral.fields)


def test_a_value_that_the_receiver_does_not_take_is_told_and_kept_on_the_page(site: Site) -> None:
    referral = site.opened(cases.BY_HAND)
    key = f"{referral.reference}:urgency"
    answer = site.gp.press(
        place(referral),
        "save",
        also={f"f:{key}": "yesterday", f"f:{referral.reference}:tried": "x"},
    )
    assert answer.status_code == 409
    assert "soon, can wait" in text_of(answer) and KEPT in text_of(answer)
    assert "yesterday" in answer.text


def test_uncertain_facts_are_confirmed_one_by_one(site: Site) -> None:
    referral = site.opened(cases.BY_HAND)
    assert "depression" not in (site.seen(referral.reference).referral.field("health")).value  # type: ignore[union-attr]
    done = site.gp.press(
        place(referral), "save", also={f"sure:{referral.reference}": "conditions|depression"}
    )
    assert done.status_code == 303
    assert "depression" in site.seen(referral.reference).referral.field("health").value.lower()  # type: ignore[union-attr]


def test_sensitive_facts_are_off_until_each_is_ticked(site: Site) -> None:
    about = cases.packer(barriers=["domestic_abuse", "offending_history"])
    referral = site.opened(cases.BY_HAND, about=about, safety=("abuse",))
    page = site.gp.get(place(referral))
    assert "Sensitive: tick only what the patient wants said here" in text_of(page)
    assert f"on:{referral.reference}" not in fields_of(page.text)
    also = {f"on:{referral.reference}": "barriers|offending_history"}
    site.gp.press(place(referral), "save", also=also)
    assert site.seen(referral.reference).referral.about.included == {
        ("barriers", "offending_history")
    }
    # And off again.
    sent = {**site.gp.form(place(referral)), "do": "save"}
    del sent[f"on:{referral.reference}"]
    site.gp.post(place(referral), sent)
    assert site.seen(referral.reference).referral.about.included == frozenset()


def test_no_switch_that_would_change_nothing(site: Site) -> None:
    about = cases.packer(
        conditions=["back_pain", "alcohol_dependence"], barriers=["domestic_abuse"]
    )
    # The form asks for health and not for what makes work hard; a hand-out says neither.
    form = site.opened(cases.BY_HAND, about=about)
    letter, paper = site.opened(cases.LETTER, about=about), site.opened(cases.HAND_OUT, about=about)
    for referral, offered in ((letter, ["alcohol", "abuse"]), (form, ["alcohol"]), (paper, [])):
        html = site.gp.get(place(referral)).text
        for name in ("alcohol", "abuse"):
            found = re.search(f'name="on:{referral.reference}" value="[a-z]+.[a-z_]*{name}', html)
            assert bool(found) == (name in offered), (referral.kind, name)
    # Where the entry lets a Jobcentre have conditions, each sensitive one is still a tick of its own.
    jobcentre = site.opened(cases.JOBCENTRE, about=about)
    address = f"/referrals/{jobcentre.reference}/papers/{jobcentre.kind}.txt"
    also = {f"may:{jobcentre.reference}": "conditions"}
    site.gp.press(place(jobcentre), "save", also=also)
    assert "lcohol" not in site.gp.get(address).text
    also |= {f"on:{jobcentre.reference}": "conditions|alcohol_dependence"}
    site.gp.press(place(jobcentre), "save", also=also)
    assert "lcohol" in site.gp.get(address).text


def test_what_a_jobcentre_may_have_is_off_until_the_patient_agrees(site: Site) -> None:
    referral = site.opened(cases.JOBCENTRE)
    page = site.gp.get(place(referral))
    assert "This receiver may have it if the patient agrees" in text_of(page)
    paper = f"/referrals/{referral.reference}/papers/{referral.kind}.txt"
    assert "back pain" not in site.gp.get(paper).text.lower()
    site.gp.press(place(referral), "save", also={f"may:{referral.reference}": "conditions"})
    assert site.seen(referral.reference).referral.about.agreed == {"conditions"}
    assert "back pain" in site.gp.get(paper).text.lower()


# --- Who the patient is


def test_a_pasted_line_is_taken_apart_and_shown_before_it_is_kept(site: Site) -> None:
    referral = site.opened(cases.BY_EMAIL)
    answer = site.gp.press(place(referral), "take-apart", paste=PASTED)
    assert answer.status_code == 200
    assert 'value="Test ZEBRA"' in answer.text and 'value="12/03/1978"' in answer.text
    assert "Read from the text. Check it" in text_of(answer)
    assert not site.seen(referral.reference).identity_held
    kept = site.gp.press(place(referral), "save", html=answer.text)
    page = site.gp.follow(kept)
    assert site.seen(referral.reference).identity_held
    # It is held, and shown on a click alone.
    assert not any(name in page.text.lower() for name in NAMES)
    shown = site.gp.press(place(referral), "show-identity")
    assert "999 000 0018" in shown.text and shown.status_code == 200


def test_a_paste_is_checked_whatever_button_is_pressed(site: Site) -> None:
    referral = site.opened(cases.BY_EMAIL)
    answer = site.gp.press(place(referral), "go", paste=PASTED, agree=referral.reference)
    assert answer.status_code == 409
    assert "Check what was read from the pasted text." in text_of(answer)
    assert 'value="Test ZEBRA"' in answer.text
    assert site.seen(referral.reference).referral.state == "draft"
    # The tick is still there.
    assert fields_of(answer.text)["agree"] == [referral.reference]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"nhs_number": "999 000 0019"}, "last digit does not fit"),
        ({"nhs_number": "943 476 5919"}, "begin with 999"),
        ({"date_of_birth": "12.3"}, "Write the date of birth as"),
        ({"postcode": "nowhere"}, "no postcode"),
        ({"email": "x"}, "no e-mail address"),
    ],
)
def test_what_cannot_be_right_is_said_at_its_field(
    site: Site, typed: dict[str, str], told: str
) -> None:
    referral = site.opened(cases.BY_EMAIL)
    answer = site.gp.press(place(referral), "save", also=identity(**typed))
    assert answer.status_code == 409
    assert told in text_of(answer) and KEPT in text_of(answer)
    assert 'value="Test Zebra"' in answer.text and 'aria-invalid="true"' in answer.text
    assert not site.seen(referral.reference).identity_held


def test_another_patients_age_or_sex_stops_it_and_shows_both(site: Site) -> None:
    referral = site.opened(cases.BY_EMAIL)
    typed = identity(date_of_birth="12/03/1968", sex="male")
    site.gp.press(place(referral), "save", also=typed)
    again = site.gp.press(
        place(referral), "go", also=identity(date_of_birth="12/03/1968"), agree=referral.reference
    )
    assert again.status_code == 409 and "Perhaps this is another patient" in text_of(again)
    assert site.seen(referral.reference).consent is None
    site.gp.press(place(referral), "save", also=typed)
    page = site.gp.get(place(referral))
    assert "By the date of birth the patient is 58; in the consultation it was 48." in text_of(page)
    assert "The record says male; in the consultation it was female." in text_of(page)
    stopped = site.gp.press(place(referral), "go", agree=referral.reference)
    assert stopped.status_code == 409 and "Nothing was recorded or sent." in text_of(stopped)
    after = site.seen(referral.reference)
    assert (after.consent, after.referral.signed, after.referral.state) == (None, False, "draft")
    for button in ("use-age", "use-sex"):
        assert site.gp.press(place(referral), button).status_code == 303
    case = site.seen(referral.reference).referral.about.case
    assert (case.age, case.sex) == (58, "male")
    assert "Stopped" not in text_of(site.gp.get(place(referral)))


def test_you_send_it_yourself_keeps_nothing_of_the_patient(site: Site) -> None:
    referral = site.opened(cases.BY_HAND)
    assert "Nothing that names the patient has to be kept here." in text_of(
        site.gp.get(place(referral))
    )
    required = {f"f:{referral.reference}:{f.name}": "said" for f in referral.fields
                if f.required and f.missing and not f.identifier}  # fmt: skip
    done = site.gp.press(place(referral), "go", agree=referral.reference, also=required)
    assert done.status_code == 303, text_of(done)
    marked = site.gp.press(place(referral), f"by-hand:{referral.reference}")
    assert "Recorded: it was sent by hand." in text_of(site.gp.follow(marked))
    view = site.seen(referral.reference)
    assert view.referral.state == "sent" and not view.identity_held


def test_deleting_who_it_is(site: Site) -> None:
    referral = site.opened(cases.BY_EMAIL)
    site.gp.press(place(referral), "save", also=identity())
    done = site.gp.press(place(referral), "forget-identity")
    assert "What named the patient was deleted." in text_of(site.gp.follow(done))
    assert not site.seen(referral.reference).identity_held


def test_the_same_patient_again_is_said(site: Site) -> None:
    first = site.opened(cases.LETTER)
    site.gp.press(place(first), "save", also=identity(nhs_number="999 000 0026", name="Test Yak"))
    again = site.opened(cases.LETTER)
    site.gp.press(place(again), "save", also=identity(nhs_number="999 000 0026", name="Test Yak"))
    words = text_of(site.gp.get(place(again)))
    assert "Referred before:" in words and first.reference in words
