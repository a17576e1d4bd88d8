"""One turn of a consultation: what was understood goes in, the new state and the messages come out.

Each action of the domain has one function here (``ACTIONS``). All are pure but for the drafts that
``refer_to`` and ``handout`` leave in the referrals room, and ``referral_status``, which looks into it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from actions.consultation import (
    artefacts,
    asked_again,
    beside,
    choice,
    end_of_life,
    follow_up,
    forgotten,
    handouts,
    pausing,
    referral_status,
    services,
    steps,
)
from actions.consultation.context import TurnContext, TurnResult
from actions.consultation.header import header
from actions.consultation.messages import info
from actions.consultation.names import services_named
from actions.consultation.patient import (
    another_patient_question,
    begins_another,
    may_be_another,
    which_one,
)
from actions.consultation.safety import safety_message
from actions.consultation.state import Consultation, from_json, to_json
from actions.consultation.taking_in import take_in
from actions.consultation.understood import understood
from services_directory.case import merged
from services_directory.loading import directory
from services_directory.practice import practice_settings
from understanding.answers import PLAIN_NO
from understanding.programmes import UNNAMED

__all__ = ["TurnContext", "TurnResult", "respond"]

Said = Mapping[str, Any]
Messages = list[dict[str, Any]]
Step = tuple[Consultation, Messages]


def respond(
    action: str, state: dict[str, Any], understanding: dict[str, Any], context: TurnContext
) -> TurnResult:
    """Take one turn.

    ``action`` is the name of the Rasa action without ``action_``; ``state`` what an earlier turn gave
    back (``{}`` at first); ``understanding`` the JSON of ``understanding.reader.understanding_json``.
    Safety cues are answered first whatever the action. Raises ``KeyError`` for an unknown action.
    """
    before = _begun(from_json(state), context)
    understanding = dict(_without_words_of_risk(understanding))
    fresh = [c for c in _cues(understanding) if c not in before.safety]
    resumes = pausing.ends(before, understanding)
    before = pausing.not_asked(before)
    waiting = (before.pending or {}).get("kind") == "patient"
    if fresh and waiting and action not in ("new_patient", "same_patient"):
        # Whose words they are is not settled: the alarm is raised, nothing is merged.
        after, messages = _raise_safety(before, {}, fresh)
        after = replace(after, paused=False, asked=before.asked)
        messages.append(another_patient_question(before, directory()))
    elif fresh and action not in ("new_patient", "go_on"):
        after, messages = _raise_safety(before, understanding, fresh)
    elif waiting and action not in ANYWAY:
        after, messages = _which_patient(before, understanding, context, action)
    elif resumes and action not in ANYWAY:
        after, messages = _assessed(before, understanding, context)
    elif (slot := steps.asked_for(str(understanding.get("text", "")))) and not before.paused:
        after, messages = steps.ask(before, slot, context)
    else:
        after, messages = ACTIONS[action](before, understanding, context)
    repeated = [c for c in _cues(understanding) if c in before.safety]
    if repeated and not fresh and before.assessed and not after.paused:
        messages = [info("help", steps.RAISED_BEFORE), *messages]
    if waiting and action == "summary":
        messages.append(another_patient_question(before, directory()))
    after = replace(after, spoken=follow_up.spoken_of(after, messages))
    if after.noted and any(m["type"] == "recommendations" for m in messages):
        at = next(n for n, m in enumerate(messages) if m["type"] == "recommendations")
        reminders = [info("help", beside.noted_words(words)) for words in after.noted]
        messages = [*messages[:at], *reminders, *messages[at:]]
    ended = action == "new_patient" or (after.begun is not None and after.begun != before.begun)
    after = replace(after, last=context.now.isoformat())
    line = header(after, directory())
    for message in messages:
        message["header"] = line
        message["pinned"] = list(after.categories) if after.paused else []
        message["asked"] = (after.pending or {}).get("kind") or after.asked
    return TurnResult(to_json(after), messages, ended)


def _begun(state: Consultation, context: TurnContext) -> Consultation:
    if state.begun is not None:
        return state
    area = practice_settings().gp_area
    case = merged(state.case, {"gp_area": area}) if area else state.case
    return replace(state, case=case, begun=context.now.isoformat())


def _without_words_of_risk(understanding: Said) -> Said:
    """Return ``understanding`` without facts read from the very words that raised safety.

    "Wants to end it all" is no job at risk.
    """
    risky = [str(cue["text"]).casefold() for cue in understanding.get("safety_cues") or ()]
    text = str(understanding.get("text", "")).casefold()
    spans = [(at, at + len(cue)) for cue in risky if (at := text.find(cue)) >= 0]
    case = dict(understanding.get("case") or {})
    for mention in understanding.get("mentions") or ():
        words = str(mention["text"]).casefold()
        begins, ends = mention.get("start", 0), mention.get("end", 0)
        # "Wants to end" runs into "end his life": they share words, though neither holds the other.
        shared = any(words in cue or cue in words for cue in risky) or any(
            begins < last and first < ends for first, last in spans
        )
        if shared and mention["slot"] in ("job_at_risk", "goal", "work_status"):
            case.pop(mention["slot"], None)
    return {**understanding, "case": case}


def _cues(understanding: Said) -> list[str]:
    cues = understanding.get("safety_cues")
    if cues is None:
        return [f"{category}: " for category in understanding.get("safety", ())]
    return [f"{cue['category']}: {cue['text']}" for cue in cues]


def _assessed(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Resume: the clinician says that the risk is assessed, or that there is none. The time is recorded."""
    resumed = replace(
        state, paused=False, assessed=(*state.assessed, f"{context.now:%Y-%m-%d %H:%M}")
    )
    noted = info("help", "Noted: risk assessed by you. Going on.")
    after, told = take_in(resumed, understanding)
    after, following = steps.next_step(after, context)
    return after, [noted, *told, *following]


def _raise_safety(state: Consultation, understanding: Said, fresh: list[str]) -> Step:
    """Raise the alarm before anything else; what was said is kept, the work flow waits."""
    after, told = take_in(end_of_life.noted(state, understanding), understanding)
    categories = list(dict.fromkeys(cue.split(":")[0] for cue in fresh))
    after = replace(
        after,
        safety=(*after.safety, *fresh),
        categories=tuple(dict.fromkeys((*after.categories, *categories))),
        paused=True,
        asked=None,
    )
    alarm = safety_message(categories, after.case, directory(), practice_settings())
    return after, [alarm, *told]


def update_case(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Take in facts and answers, then ask the next question or recommend."""
    pending = state.pending or {}
    if pending.get("kind") == "service":
        asked = state.asked if pending.get("offer") else None
        state = replace(state, pending=None, asked=asked)
        if choice.answers(pending, understanding):
            return services.chosen(state, pending, understanding, context)
    if may_be_another(state, understanding, context):
        waiting = replace(
            state, pending={"kind": "patient", "said": dict(understanding)}, asked=None
        )
        return waiting, [another_patient_question(state, directory())]
    return _go_through(state, understanding, context)


def _go_through(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    if handed := understanding.get("handed_to"):
        taken = {} if understanding.get("mentions") else beside.handed_back(state, understanding)
        understanding = {**understanding, "removed": {**taken, **understanding["removed"]}}
    unsaid = "in_programme" in (understanding.get("answered") or {})
    which_programme = state.asked_again and state.asked == "in_programme"
    if which_programme and (unsaid or _intent(understanding) in ("affirm", "dont_know")):
        # "Yes" was said, and which one it is is not known.
        unnamed = {"in_programme": UNNAMED, "uncertain": {"in_programme": [UNNAMED]}}
        understanding = {**understanding, "case": unnamed, "answered": {}}
    after, messages = take_in(end_of_life.noted(state, understanding), understanding)
    if any(m["type"] == "error" for m in messages):
        return after, messages
    if forgotten.means_the_last(state, str(understanding.get("text", ""))):
        messages.append(forgotten.gone())
    if handed:
        messages.append(info("help", beside.handed_words(understanding, taken=bool(messages))))
    messages += beside.answers(understanding)
    noted = tuple(dict.fromkeys((*after.noted, *understanding.get("noted", ()))))
    after = replace(after, noted=noted)
    answered = state.asked is not None
    if answered and not messages and asked_again.bare_yes(state, understanding):
        return replace(after, asked_again=True), [asked_again.which_programme(context)]
    if asked_again.job_still_open(state, after, understanding):
        again = replace(after, asked_again=True, asked_slots=(*state.asked_slots, "work_status"))
        return again, [*messages, asked_again.is_there_a_job(context)]
    named = services_named(understanding)
    about = tuple(dict.fromkeys((*after.about, *named))) if len(named) <= 3 else after.about
    after = replace(after, about=about, asked=None, asked_again=False)
    if after.paused:
        return after, [*messages, pausing.still_paused()]
    read = after.end_of_life != state.end_of_life
    if not messages and not answered and not named and not read:
        if state.listed and PLAIN_NO.match(str(understanding.get("text", "")).casefold().strip()):
            return after, [info("help", steps.NOTHING_MORE)]
        return after, [info("help", steps.NOTHING_UNDERSTOOD)]
    if not messages and answered and not read and not understanding.get("answered"):
        messages = [info("help", steps.NOT_AN_ANSWER)]
    after, following = steps.next_step(after, context)
    return after, [*messages, *following]


def _intent(understanding: Said) -> str:
    return str(dict(understanding.get("intent") or {}).get("name"))


# A plain yes, with nothing after it.
_YES = re.compile(r"(?:yes|yep|yeah|yup|y)(?:,? (?:please|thanks|ta))?")


def _which_patient(
    state: Consultation, understanding: Said, context: TurnContext, action: str = "update_case"
) -> Step:
    """Take the answer to "new patient, or change this one?"; until then nothing else is done.

    Only plain words for one or the other count: anything looser could merge two patients (H01).
    """
    words = str(understanding.get("text", "")).casefold().strip(" .!?")
    answer = which_one(words)
    if answer is None and _YES.fullmatch(words) and begins_another(state):
        # What raised the question told of somebody by age and sex: that it is a new one is what is agreed to.
        answer = "new"
    if answer is not None:
        return (new_patient if answer == "new" else same_patient)(state, {}, context)
    if action == "undo" or words in ("skip", "don't know", "dont know"):
        # The message that raised the question is taken back; the patient stays as before.
        after = replace(state, pending=None)
        return after, [info("help", f"Left out. {artefacts.known_words(after, directory())}")]
    short = _YES.fullmatch(words) is not None
    return state, [
        info("help", steps.NEW_OR_SAME if short else steps.SAY_WHICH_FIRST),
        another_patient_question(state, directory()),
    ]


def new_patient(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Forget everything and begin again; a message that waited, or came along, is the first."""
    fresh = _begun(Consultation(), context)
    waiting = (
        (state.pending or {}).get("said")
        if (state.pending or {}).get("kind") == "patient"
        else None
    )
    said = understanding if understanding.get("case") or _cues(understanding) else None
    first = said or waiting
    greeting = info("help", steps.OPENING)
    if first is None:
        return fresh, [greeting]
    cues = _cues(first)
    after, messages = (
        _raise_safety(fresh, first, cues) if cues else _go_through(fresh, first, context)
    )
    return after, messages


def same_patient(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Go on with this patient: the message that waited changes the case."""
    waiting = (state.pending or {}).get("said")
    after = replace(state, pending=None)
    if waiting is None and state.empty:
        return after, [forgotten.gone()]
    if waiting is None:
        return steps.shown(after, context)
    return _go_through(after, {**waiting, "corrects": True}, context)


def undo(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Take back the last change."""
    back = state.undone()
    if back is None:
        return state, [forgotten.nothing_to_undo(state)]
    message = understood({}, {}, [], back.case, directory(), back.said)
    message["text"] = artefacts.undone(back, directory())
    back, following = steps.next_step(replace(back, asked=None), context)
    return back, [message, *following]


def go_on(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Take the next step; of a pause for safety ask first whether the risk is assessed."""
    if not state.paused:
        return steps.next_step(state, context)
    return pausing.confirm(state)


def show(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Recommend now, whatever could still be asked."""
    if state.paused:
        return state, [pausing.still_paused()]
    return steps.shown(state, context)


def help_(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Say what can be typed, or what is known of what was asked."""
    topic = str((understanding.get("command") or {}).get("words") or "")
    return state, [info("help", beside.NOT_ANSWERED.get(topic, steps.HELP))]


def greet(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Answer a greeting or thanks."""
    thanked = _intent(understanding) == "thanks"
    text = (
        steps.OPENING
        if state.empty and not thanked
        else "Glad to help. Type “new patient” for the next one."
    )
    return state, [info("help", text)]


def limits(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Say what this is not for; the case stays as it is. What asks for nothing is no trespass."""
    if _intent(understanding) == "off_topic" and "?" not in str(understanding.get("text", "")):
        return state, [info("help", steps.NOTHING_UNDERSTOOD)]
    return state, [info("limits", steps.LIMITS)]


def fallback(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Answer what no rule fits as if it were about the patient."""
    return update_case(state, understanding, context)


# Done whatever waits for an answer.
ANYWAY = frozenset({"new_patient", "same_patient", "help", "referral_status", "summary"})
ACTIONS: dict[str, Callable[[Consultation, Said, TurnContext], Step]] = {
    "update_case": update_case,
    "undo": undo,
    "new_patient": new_patient,
    "same_patient": same_patient,
    "why_not": follow_up.on_the_last(services.why_not_service),
    "tell_me_about": follow_up.on_the_last(services.tell_me_about),
    "refer_to": follow_up.one_by_one(services.refer_to),
    "dismiss": services.dismiss,
    "summary": artefacts.summary,
    "help": help_,
    "limits": limits,
    "greet": greet,
    "go_on": go_on,
    "show": show,
    "record_text": artefacts.record,
    "fit_note_comments": artefacts.fit_note,
    "handout": handouts.handout,
    "referral_status": referral_status.told,
    "fallback": fallback,
}
