"""Agreeing, signing, sending and papers on the page of one consultation, over HTTP; forged requests too."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import requests
from referral_site import (
    NAMES,
    PASTED,
    Site,
    cases,
    identity,
    place,
    referral_site,
    text_of,
)

from referrals import audit
from referrals.records.engine import reading, records


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with referral_site(tmp_path_factory.mktemp("room")) as running:
        yield running


# --- Agreeing


def test_one_button_records_each_ticked_service(site: Site) -> None:
    one = site.opened(cases.BY_EMAIL)
    other = site.opened(cases.LETTER, consultation_id=one.consultation_id)
    done = site.gp.press(place(one), "consent", agree=one.reference, alone="yes")
    assert "Recorded: agreed, by you, now." in text_of(site.gp.follow(done))
    agreed = site.seen(one.reference).consent
    assert agreed is not None
    assert (agreed.how, agreed.who_agreed, agreed.seen_alone) == ("verbal", "patient", True)
    assert agreed.recorded_by == site.gp.actor.id
    assert site.seen(other.reference).consent is None


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
    assert site.seen(referral.reference).consent is None
    typed["because"] = "Decision of the care team, with the family"
    assert site.gp.press(place(referral), "consent-other", **typed).status_code == 303
    agreed = site.seen(referral.reference).consent
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
    assert site.seen(referral.reference).referral.state == "draft"


def test_no_longer_agreed(site: Site) -> None:
    referral = site.opened()
    site.gp.press(place(referral), "consent", agree=referral.reference)
    done = site.gp.press(place(referral), f"unconsent:{referral.reference}")
    assert "The referral was stopped." in text_of(site.gp.follow(done))
    assert site.seen(referral.reference).referral.state == "withdrawn"


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
    assert site.seen(referral.reference).referral.state == "sent"


# --- Signing and sending


def test_prepared_for_a_gp_to_sign(site: Site) -> None:
    clerk = site.person("link-c", "link_worker")
    referral = site.opened(cases.BY_EMAIL, by=clerk)
    page = clerk.get(place(referral))
    assert "Prepared for a GP to sign." in text_of(page)
    clerk.press(place(referral), "save", also=identity())
    assert clerk.press(place(referral), "go", agree=referral.reference).status_code == 303
    view = site.seen(referral.reference)
    assert view.referral.state == "consented" and not view.referral.signed
    assert clerk.press(place(referral), f"sign:{referral.reference}").status_code == 409
    assert site.gp.press(place(referral), f"sign:{referral.reference}").status_code == 303
    assert site.seen(referral.reference).referral.signed_role == "gp"


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
    assert site.seen(referral.reference).referral.state == "ready"


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
        view = site.seen(referral.reference)
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
    view = site.seen(referral.reference)
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
    assert site.seen(referral.reference).consent is None


def test_a_token_is_one_persons(site: Site) -> None:
    referral = site.opened()
    sent = {**site.gp.form(place(referral)), "do": "withdraw:" + referral.reference}
    assert site.person("nurse-b", "nurse").post(place(referral), sent).status_code == 403


def test_another_consultations_referral_is_out_of_reach(site: Site) -> None:
    mine, other = site.opened(), site.opened()
    answer = site.gp.press(place(mine), f"withdraw:{other.reference}")
    assert answer.status_code == 409
    assert site.seen(other.reference).referral.state == "draft"


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
