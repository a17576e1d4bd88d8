"""Two patients never become one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from actions.consultation.turn import TurnContext, respond
from actions.reading import read
from tests.conversations.reading_answers import one, types

TODAY = "2026-11-22"
FIRST = "48F warehouse packer in Ashton, off sick 6 wks w low back pain"
SECOND = "23M, student, Eccles, anxiety, wants to find a job"


def test_contradicting_opening_is_asked_about_before_merging(talk: Any) -> None:
    talk("two-1", FIRST, as_of=TODAY)
    question = one(talk("two-1", SECOND, as_of=TODAY), "question")
    assert question["slot"] == "patient"
    assert "48F" in question["text"]
    begun = talk("two-1", "new patient", as_of=TODAY)
    case = one(begun, "understood")["whole_case"]
    assert case["age"] == 23
    assert "back_pain" not in case["conditions"]
    assert case["area"] == "salford"


def test_change_this_one_merges_after_the_answer(talk: Any) -> None:
    talk("two-2", FIRST, as_of=TODAY)
    talk("two-2", "49M driver in Ashton off sick 7 wks with his back", as_of=TODAY)
    case = one(talk("two-2", "change this one", as_of=TODAY), "understood")["whole_case"]
    assert case["age"] == 49


def test_correcting_word_is_no_new_patient(talk: Any) -> None:
    talk("two-3", FIRST, as_of=TODAY)
    answer = talk("two-3", "sorry, she's 43 not 48", as_of=TODAY)
    assert one(answer, "understood")["whole_case"]["age"] == 43


def test_after_idle_time_nothing_is_merged_unasked() -> None:
    def context(minutes: int) -> TurnContext:
        begun = datetime(2026, 11, 22, 10, 10).astimezone()
        return TurnContext(as_of=date(2026, 11, 22), now=begun + timedelta(minutes=minutes))

    first = respond("update_case", {}, read(FIRST), context(0))
    soon = respond("update_case", first.state, read("on UC, depressed too"), context(9))
    assert soon.messages[0]["type"] == "understood"
    late = respond("update_case", soon.state, read("diabetic, lives in Bury"), context(20))
    assert [m["slot"] for m in late.messages] == ["patient"]
    assert late.state["case"] == soon.state["case"]
    fresh = respond("new_patient", late.state, read("new patient"), context(21))
    assert fresh.ended
    assert fresh.state["case"]["conditions"] == ["diabetes"]
    assert fresh.state["past"] == [] or "back_pain" not in str(fresh.state)


def test_new_patient_starts_clean(talk: Any) -> None:
    talk("two-4", FIRST, as_of=TODAY)
    talk("two-4", "new patient", as_of=TODAY)
    summary = one(talk("two-4", "summary", as_of=TODAY), "info")
    assert "back pain" not in summary["text"]
    assert "48F" not in summary["header"]
    undone = talk("two-4", "undo", as_of=TODAY)
    assert types(undone) == ["info"], "nothing of the first patient can come back"


def test_new_patient_with_facts_reads_them(talk: Any) -> None:
    talk("two-5", FIRST, as_of=TODAY)
    begun = talk("two-5", f"new patient: {SECOND}", as_of=TODAY)
    case = one(begun, "understood")["whole_case"]
    assert case["age"] == 23
    assert "back_pain" not in case["conditions"]


def test_relatives_illness_stays_with_the_relative(talk: Any) -> None:
    said = "34F, struggling at work with migraine. Mum's MS is getting worse, partner lost his job"
    case = one(talk("two-6", said, as_of=TODAY), "understood")["whole_case"]
    assert case["work_status"] == "in_work_struggling"
    assert case["conditions"] == ["neurological"]
    answer = talk("two-6", "her dad has bipolar", as_of=TODAY)
    assert "another person" in answer[0]["custom"]["text"]
    summary = one(talk("two-6", "summary", as_of=TODAY), "info")
    assert "bipolar" not in summary["text"]


def test_only_plain_words_settle_which_patient(talk: Any) -> None:
    talk("two-7", FIRST, as_of=TODAY)
    talk("two-7", SECOND, as_of=TODAY)
    for loose in ("ok", "change age to 43", "his mother has MS", "refer to workwell-gm", "show"):
        answer = talk("two-7", loose, as_of=TODAY)
        assert answer[-1]["custom"]["slot"] == "patient", loose
        assert "referral_draft" not in types(answer)
    undone = one(talk("two-7", "undo", as_of=TODAY), "info")
    assert "back pain" in undone["text"]
    assert "anxiety" not in undone["text"]


def test_pronoun_of_the_other_sex_is_asked_about(talk: Any) -> None:
    talk("two-8", FIRST, as_of=TODAY)
    question = one(talk("two-8", "he also drinks far too much", as_of=TODAY), "question")
    assert question["slot"] == "patient"


def test_unreadable_change_is_refused_and_the_case_kept(talk: Any) -> None:
    talk("two-9", FIRST, as_of=TODAY)
    for wrong in ("change age to 430", "change age to abc", "change area to Mars"):
        assert types(talk("two-9", wrong, as_of=TODAY)) == ["error"], wrong
    summary = one(talk("two-9", "summary", as_of=TODAY), "info")
    assert "48" in summary["text"]
