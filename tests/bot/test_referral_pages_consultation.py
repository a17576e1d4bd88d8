"""The page of one consultation over HTTP: a real server, record and desk; every role; every button."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import datetime

import pytest
import requests
from referral_site import NAMES, PASTED, Person, Site, cases, fields_of, referral_site, text_of

from bot.web.referrals.acts import KEPT
from referrals import audit, desk
from referrals.records.engine import reading, records


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with referral_site(tmp_path_factory.mktemp("room")) as running:
        yield running


def place(referral: object) -> str:
    return f"/referrals/consultation/{referral.consultation_id}"  # type: ignore[attr-defined]


def now() -> datetime:
    return datetime.now().astimezone()


def seen(site: Site, reference: str, by: Person | None = None) -> desk.View:
    return desk.view(site.room, (by or site.gp).actor, now(), reference)


def identity(**more: str) -> dict[str, str]:
    values = {
        "name": "Test Zebra", "date_of_birth": "12/03/1978", "nhs_number": "999 000 0018",
        "sex": "female", **more,
    }  # fmt: skip
    return {f"id.{name}": value for name, value in values.items()}


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
    assert seen(site, referral.reference).referral.state == "draft"


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
    before = seen(site, referral.reference)
    answer = somebody.post(place(referral), sent)
    assert (answer.status_code in (403, 409)) == refused, text_of(answer)
    if refused:
        after = seen(site, referral.reference)
        assert after.referral == before.referral and after.consents == before.consents
        assert after.identity_held and "Test Zebra" not in answer.text


# --- Changing it


def test_an_edit_stays_and_a_refill_leaves_it(site: Site) -> None:
    referral = site.opened(cases.BY_HAND)
    field = f"f:{referral.reference}:tried"
    done = site.gp.press(place(referral), "save", also={field: "Lighter duties for a week"})
    assert "Saved." in text_of(site.gp.follow(done))
    site.gp.press(place(referral), f"refill:{referral.reference}")
    kept = seen(site, referral.reference).referral.field("tried")
    assert kept is not None and kept.value == "Lighter duties for a week" and kept.edited
    assert "edited by hand" in site.gp.get(place(referral)).text


def test_a_field_can_be_emptied(site: Site) -> None:
    referral = site.opened(cases.BY_HAND)
    site.gp.press(place(referral), "save", also={f"f:{referral.reference}:health": ""})
    kept = seen(site, referral.reference).referral.field("health")
    assert kept is not None and kept.value == "" and kept.edited


def test_what_was_not_touched_is_no_edit(site: Site) -> None:
    referral = site.opened(cases.BY_HAND)
    site.gp.press(place(referral), "save")
    assert not any(f.edited for f in seen(site, referral.reference).referral.fields)


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
    assert "depression" not in (seen(site, referral.reference).referral.field("health")).value  # type: ignore[union-attr]
    done = site.gp.press(
        place(referral), "save", also={f"sure:{referral.reference}": "conditions|depression"}
    )
    assert done.status_code == 303
    assert "depression" in seen(site, referral.reference).referral.field("health").value.lower()  # type: ignore[union-attr]


def test_sensitive_facts_are_off_until_each_is_ticked(site: Site) -> None:
    about = cases.packer(barriers=["domestic_abuse", "offending_history"])
    referral = site.opened(cases.BY_HAND, about=about, safety=("abuse",))
    page = site.gp.get(place(referral))
    assert "Sensitive: tick only what the patient wants said here" in text_of(page)
    assert f"on:{referral.reference}" not in fields_of(page.text)
    also = {f"on:{referral.reference}": "barriers|offending_history"}
    site.gp.press(place(referral), "save", also=also)
    assert seen(site, referral.reference).referral.about.included == {
        ("barriers", "offending_history")
    }
    # And off again.
    sent = {**site.gp.form(place(referral)), "do": "save"}
    del sent[f"on:{referral.reference}"]
    site.gp.post(place(referral), sent)
    assert seen(site, referral.reference).referral.about.included == frozenset()


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
    assert seen(site, referral.reference).referral.about.agreed == {"conditions"}
    assert "back pain" in site.gp.get(paper).text.lower()


# --- Who the patient is


def test_a_pasted_line_is_taken_apart_and_shown_before_it_is_kept(site: Site) -> None:
    referral = site.opened(cases.BY_EMAIL)
    answer = site.gp.press(place(referral), "take-apart", paste=PASTED)
    assert answer.status_code == 200
    assert 'value="Test ZEBRA"' in answer.text and 'value="12/03/1978"' in answer.text
    assert "Read from the text. Check it" in text_of(answer)
    assert not seen(site, referral.reference).identity_held
    kept = site.gp.press(place(referral), "save", html=answer.text)
    page = site.gp.follow(kept)
    assert seen(site, referral.reference).identity_held
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
    assert seen(site, referral.reference).referral.state == "draft"
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
    assert not seen(site, referral.reference).identity_held


def test_another_patients_age_or_sex_stops_it_and_shows_both(site: Site) -> None:
    referral = site.opened(cases.BY_EMAIL)
    typed = identity(date_of_birth="12/03/1968", sex="male")
    site.gp.press(place(referral), "save", also=typed)
    again = site.gp.press(
        place(referral), "go", also=identity(date_of_birth="12/03/1968"), agree=referral.reference
    )
    assert again.status_code == 409 and "Perhaps this is another patient" in text_of(again)
    assert seen(site, referral.reference).consent is None
    site.gp.press(place(referral), "save", also=typed)
    page = site.gp.get(place(referral))
    assert "By the date of birth the patient is 58; in the consultation it was 48." in text_of(page)
    assert "The record says male; in the consultation it was female." in text_of(page)
    stopped = site.gp.press(place(referral), "go", agree=referral.reference)
    assert stopped.status_code == 409 and "Nothing was recorded or sent." in text_of(stopped)
    after = seen(site, referral.reference)
    assert (after.consent, after.referral.signed, after.referral.state) == (None, False, "draft")
    for button in ("use-age", "use-sex"):
        assert site.gp.press(place(referral), button).status_code == 303
    case = seen(site, referral.reference).referral.about.case
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
    view = seen(site, referral.reference)
    assert view.referral.state == "sent" and not view.identity_held


def test_deleting_who_it_is(site: Site) -> None:
    referral = site.opened(cases.BY_EMAIL)
    site.gp.press(place(referral), "save", also=identity())
    done = site.gp.press(place(referral), "forget-identity")
    assert "What named the patient was deleted." in text_of(site.gp.follow(done))
    assert not seen(site, referral.reference).identity_held


def test_the_same_patient_again_is_said(site: Site) -> None:
    first = site.opened(cases.LETTER)
    site.gp.press(place(first), "save", also=identity(nhs_number="999 000 0026", name="Test Yak"))
    again = site.opened(cases.LETTER)
    site.gp.press(place(again), "save", also=identity(nhs_number="999 000 0026", name="Test Yak"))
    words = text_of(site.gp.get(place(again)))
    assert "Referred before:" in words and first.reference in words


# --- Agreeing


def test_one_button_records_each_ticked_service(site: Site) -> None:
    one = site.opened(cases.BY_EMAIL)
    other = site.opened(cases.LETTER, consultation_id=one.consultation_id)
    done = site.gp.press(place(one), "consent", agree=one.reference, alone="yes")
    assert "Recorded: agreed, by you, now." in text_of(site.gp.follow(done))
    agreed = seen(site, one.reference).consent
    assert agreed is not None
    assert (agreed.how, agreed.who_agreed, agreed.seen_alone) == ("verbal", "patient", True)
    assert agreed.recorded_by == site.gp.actor.id
    assert seen(site, other.reference).consent is None


def test_nothing_ticked_is_nothing_agreed(site: Site) -> None:
    referral = site.opened()
    answer = site.gp.press(place(referral), "consent")
    assert answer.status_code == 409
    assert "No service is ticked. Nothing was recorded." in text_of(answer)


def test_somebody_else_agrees_with_a_reason(site: Site) -> None:
    referral = site.opened()
    typed = {"who": "best_interests", "agree": referral.reference}
    # Never by the button that says: agreed, verbally, by the patient.
    assert site.gp.press(place(referral), "consent", **typed).status_code == 409
    answer = site.gp.press(place(referral), "consent-other", **typed)
    assert answer.status_code == 409 and "write why" in text_of(answer)
    assert seen(site, referral.reference).consent is None
    typed["because"] = "Decision of the care team, with the family"
    assert site.gp.press(place(referral), "consent-other", **typed).status_code == 303
    agreed = seen(site, referral.reference).consent
    assert agreed is not None and agreed.who_agreed == "best_interests"
    assert "a best-interests decision" in text_of(site.gp.get(place(referral)))


def test_more_than_was_agreed_to_is_asked_again(site: Site) -> None:
    referral = site.opened(cases.BY_HAND)
    site.gp.press(place(referral), "consent", agree=referral.reference)
    done = site.gp.press(
        place(referral), "save", also={f"f:{referral.reference}:tried": "Lighter duties"}
    )
    assert "More would leave than the patient agreed to: ask again." in text_of(
        site.gp.follow(done)
    )
    assert seen(site, referral.reference).referral.state == "draft"


def test_no_longer_agreed(site: Site) -> None:
    referral = site.opened()
    site.gp.press(place(referral), "consent", agree=referral.reference)
    done = site.gp.press(place(referral), f"unconsent:{referral.reference}")
    assert "The referral was stopped." in text_of(site.gp.follow(done))
    assert seen(site, referral.reference).referral.state == "withdrawn"


def test_without_consent_the_hand_out(site: Site) -> None:
    referral = site.opened(cases.BY_HAND)
    page = site.gp.get(place(referral))
    assert "for a patient who says no and goes alone" in text_of(page)
    answer = site.gp.get(f"/referrals/{referral.reference}/papers/patient_handout.pdf")
    assert answer.content.startswith(b"%PDF")


def test_a_paper_that_the_patient_carries_asks_for_nothing(site: Site) -> None:
    referral = site.opened(cases.HAND_OUT)
    assert "there is no agreement to record" in text_of(site.gp.get(place(referral)))
    done = site.gp.press(place(referral), f"by-hand:{referral.reference}")
    assert done.status_code == 303
    assert seen(site, referral.reference).referral.state == "sent"


# --- Signing and sending


def test_prepared_for_a_gp_to_sign(site: Site) -> None:
    clerk = site.person("link-c", "link_worker")
    referral = site.opened(cases.BY_EMAIL, by=clerk)
    page = clerk.get(place(referral))
    assert "Prepared for a GP to sign." in text_of(page)
    clerk.press(place(referral), "save", also=identity())
    assert clerk.press(place(referral), "go", agree=referral.reference).status_code == 303
    view = seen(site, referral.reference)
    assert view.referral.state == "consented" and not view.referral.signed
    assert clerk.press(place(referral), f"sign:{referral.reference}").status_code == 409
    assert site.gp.press(place(referral), f"sign:{referral.reference}").status_code == 303
    assert seen(site, referral.reference).referral.signed_role == "gp"


def test_paste_check_tick_send_in_two_presses(site: Site) -> None:
    referral = site.opened(cases.BY_EMAIL)
    apart = site.gp.press(place(referral), "take-apart", paste=PASTED)
    missing = {f"f:{referral.reference}:{f.name}": "said" for f in referral.fields
               if f.required and f.missing and not f.identifier}  # fmt: skip
    done = site.gp.press(
        place(referral), "go", html=apart.text, agree=referral.reference, also=missing
    )
    assert done.status_code == 303, text_of(done)
    page = site.gp.follow(done)
    # A dry run: all is shown, nothing has left, and the state says so.
    assert "Dry run: nothing was sent." in text_of(page)
    assert "team@service.example" in text_of(page)
    assert "ready, not sent" in text_of(page)
    assert seen(site, referral.reference).referral.state == "ready"


def test_pressed_twice_is_done_once(site: Site) -> None:
    box = cases.KeepingOutbox()
    box.sends = True  # type: ignore[attr-defined]
    site.room = cases.a_room(box)
    try:
        referral = site.opened(cases.BY_EMAIL)
        missing = {f"f:{referral.reference}:{f.name}": "said" for f in referral.fields
                   if f.required and f.missing and not f.identifier}  # fmt: skip
        sent = {
            **site.gp.form(place(referral)), **identity(), **missing,
            "agree": referral.reference, "do": "go",
        }  # fmt: skip
        answers: list[object] = []

        def press() -> None:
            answer = site.gp.post(place(referral), sent)
            answers.append((answer.status_code, answer.headers.get("Location")))

        threads = [threading.Thread(target=press) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(set(answers)) == 1 and answers[0][0] == 303  # type: ignore[index]
        assert len(box.packets) == 1
        view = seen(site, referral.reference)
        assert len(view.consents) == 1 and view.referral.queued_at is not None
        assert "on its way, not there yet" in text_of(site.gp.get(place(referral)))
    finally:
        site.room = cases.a_room()


def test_what_was_done_before_it_stopped_is_said(site: Site) -> None:
    referral = site.opened(cases.BY_EMAIL, about=cases.packer(work_status=None, absence_weeks=None))
    page = site.gp.get(place(referral))
    assert "1 required, still missing" in text_of(page)
    answer = site.gp.press(place(referral), "go", agree=referral.reference, also=identity())
    assert answer.status_code == 409
    assert "The receiver requires: Work." in text_of(answer)
    assert "Done before that: " in text_of(answer) and "agreed, by you, now" in text_of(answer)
    view = seen(site, referral.reference)
    assert view.consent is not None and view.referral.signed and view.identity_held


def test_nothing_goes_where_nobody_knows_until_somebody_asked(site: Site) -> None:
    referral = site.opened(cases.UNVERIFIED)
    assert "I asked: they take referrals" in text_of(site.gp.get(place(referral)))
    assert site.gp.press(place(referral), "go", agree=referral.reference).status_code == 303
    sent = f"by-hand:{referral.reference}"
    stopped = site.gp.press(place(referral), sent)
    assert stopped.status_code == 409 and "Nobody knows whether" in text_of(stopped)
    assert site.gp.press(place(referral), f"checked:{referral.reference}").status_code == 303
    assert site.gp.press(place(referral), sent).status_code == 303


def test_withdrawn(site: Site) -> None:
    referral = site.opened()
    done = site.gp.press(place(referral), f"withdraw:{referral.reference}")
    assert "Withdrawn." in text_of(site.gp.follow(done))


# --- Forged and broken requests


@pytest.mark.parametrize(
    ("also", "headers"),
    [
        ({"token": ""}, {}),
        ({"token": "forged"}, {}),
        ({}, {"Origin": ""}),
        ({}, {"Sec-Fetch-Site": "cross-site"}),
    ],
)
def test_only_our_own_forms(site: Site, also: dict[str, str], headers: dict[str, str]) -> None:
    referral = site.opened()
    sent = {**site.gp.form(place(referral)), "do": "consent", "agree": referral.reference, **also}
    answer = site.gp.post(place(referral), sent, **headers)
    assert answer.status_code == 403
    assert seen(site, referral.reference).consent is None


def test_a_token_is_one_persons(site: Site) -> None:
    referral = site.opened()
    sent = {**site.gp.form(place(referral)), "do": "withdraw:" + referral.reference}
    assert site.person("nurse-b", "nurse").post(place(referral), sent).status_code == 403


def test_another_consultations_referral_is_out_of_reach(site: Site) -> None:
    mine, other = site.opened(), site.opened()
    answer = site.gp.press(place(mine), f"withdraw:{other.reference}")
    assert answer.status_code == 409
    assert seen(site, other.reference).referral.state == "draft"


@pytest.mark.parametrize("body", [b"\xff\xfe", b"a=1&" * 5000, b"x" * 300_000, b"a=1"])
def test_bodies_that_are_no_form(site: Site, body: bytes) -> None:
    answer = site.gp.post(
        place(site.opened()), body, **{"Content-Type": "application/x-www-form-urlencoded"}
    )
    # The last is read, and brings no token.
    assert answer.status_code == (403 if body.startswith(b"a=") and len(body) < 2000 else 400)
    assert "Nothing was changed." in text_of(answer)


def test_words_of_others_are_text(site: Site) -> None:
    referral = site.opened(cases.BY_HAND)
    nasty = "<script>alert(1)</script>\"'"
    site.gp.press(place(referral), "save", also={f"f:{referral.reference}:tried": nasty})
    assert "<script>alert" not in site.gp.get(place(referral)).text


# --- Papers and state


def test_papers_with_blanks_and_with_the_name(site: Site) -> None:
    referral = site.opened(cases.BY_EMAIL)
    site.gp.press(place(referral), "save", also=identity())
    base = f"/referrals/{referral.reference}/papers/"
    blank = site.gp.get(base + "enquiry_form.txt")
    named = site.gp.get(base + "enquiry_form.txt?named=1")
    assert "Test Zebra" not in blank.text and "Test Zebra" in named.text
    assert site.gp.get(base + "enquiry_form.large.pdf").content.startswith(b"%PDF")
    assert site.gp.get(base + "fhir_bundle.json").json()["resourceType"] == "Bundle"
    read = site.gp.get(base + "record_text.html")
    assert referral.reference in read.text and "Copy the text" in read.text
    for answer in (blank, named, read):
        assert answer.headers["Cache-Control"] == "no-store"
    assert "zebra" not in named.headers["Content-Disposition"].lower()
    for name in ("letter.pdf", "record_text.pdf", "nothing.txt", "x", "fhir_bundle.large.pdf"):
        assert site.gp.get(base + name).status_code == 404, name


def test_whoever_signed_is_named_to_the_receiver(site: Site) -> None:
    referral = site.opened(cases.BY_HAND)
    site.gp.press(place(referral), "go", agree=referral.reference)
    for kind in ("enquiry_form", "return_to_work_plan"):
        paper = site.person("nurse-b", "nurse").get(
            f"/referrals/{referral.reference}/papers/{kind}.txt"
        )
        assert "Test Dr-A, a GP" in paper.text, kind


def test_the_addresses_that_the_chat_gives_ask_who_reads(site: Site) -> None:
    draft = cases.a_draft(cases.BY_EMAIL)
    opened = site.opened(cases.BY_EMAIL)
    (document,) = draft.to_message()["documents"]
    assert set(document["formats"]) == {"text", "pdf", "large_print"}
    nurse = site.person("nurse-b", "nurse")
    for address in document["formats"].values():
        address = address.replace(draft.referral_id, opened.reference)
        assert requests.get(site.url + address, timeout=30).status_code == 401
        assert site.person("dr-x", "gp", "X99999").get(address).status_code == 404
        assert site.person("desk-d", "reception").get(address).status_code == 403
        answer = nurse.get(address)
        assert (
            answer.status_code == 200 and opened.reference in answer.headers["Content-Disposition"]
        )
    with reading(records()) as connection:
        looks = [e for e in audit.entries(connection, opened.reference) if e.action == "documents"]
    assert len(looks) == 3 and {look.actor for look in looks} == {nurse.actor.id}


def test_state_as_the_contract_says_it(site: Site) -> None:
    referral = site.opened()
    found = site.gp.get(f"/referrals/api/{referral.reference}/status").json()
    assert set(found) == {"type", "text", "referral_id", "state", "history"}
    assert (found["type"], found["state"]) == ("referral_status", "draft")
    assert found["history"][0]["state"] == "draft"


# --- Nothing of a patient where it does not belong


def test_no_title_address_or_trail_names_anybody(site: Site) -> None:
    referral = site.opened(cases.BY_EMAIL)
    answers = [site.gp.press(place(referral), "take-apart", paste=PASTED)]
    answers.append(site.gp.press(place(referral), "save", html=answers[0].text))
    answers.append(site.gp.press(place(referral), "show-identity"))
    answers.append(site.gp.press(place(referral), f"preview:{referral.reference}"))
    for answer in answers:
        title = answer.text.partition("<title>")[2].partition("</title>")[0].lower()
        told = f"{title} {answer.url} {answer.headers.get('Location', '')}".lower()
        assert not any(name in told for name in NAMES)
    with reading(records()) as connection:
        trail = "".join(str(entry) for entry in audit.entries(connection)).lower()
        assert audit.verify(connection).whole
    assert not any(name in trail for name in NAMES)
    assert "reveal_identity" in trail and "'identify'" in trail
