"""What follows when the case has changed: the next question, or the recommendations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.consultation import end_of_life
from actions.consultation.context import TurnContext
from actions.consultation.messages import info
from actions.consultation.state import Consultation
from services_directory.assessment import Assessment, assess
from services_directory.loading import directory
from services_directory.next_question import next_question
from services_directory.question_texts import chips, question_message, question_texts
from services_directory.recommendation import message, why_not

OPENING = (
    "Tell me about the patient in your own words: age, work, health, where they live. "
    'To ask about work: "Is your health affecting your work, or work affecting your health?"'
)
NOTHING_UNDERSTOOD = (
    "I found nothing about the patient in that, so nothing was changed. "
    'Try, for example: "48F warehouse packer in Ashton, off sick 6 wks w low back pain". '
    "Type “help” for what else I understand."
)
NOT_AN_ANSWER = "I could not read that as an answer, so it stays open."
SAY_WHICH_FIRST = "Say first which patient this is; nothing else was done."
NOTHING_MORE = "Nothing was changed; the list above stands. “Refer to 1” prepares a referral."
NEW_OR_SAME = "New or same? Type “new” or “same”; nothing else was done."
RAISED_BEFORE = (
    "The same words raised safety before, and you said that the risk was assessed. "
    "Assess again if anything has changed."
)
LEFT_OUT = (
    "The wish is “not now”{}, so support with work is left out. If the patient does want it, type "
    "“change goal to stay in work”, “return to work” or “find work”."
)
LIST_FIRST = (
    "Nothing was done yet, because no list has been shown yet and so nothing has a number. "
    "Here it is; then type it again with the number you mean."
)
NOTHING_ELSE = "No other service in the directory fits what is known."
# Contract, section 5: those worth their time and, where no service is left, one more.
MOST_QUESTIONS = 4
WHAT_TO_CHANGE = "I do not know what to change. Try “change age to 43” or “not depression”."
HELP = (
    "I find work-and-health services for one patient at a time. Type what you know in your own words. "
    "At any time: “new patient”, “undo”, “change age to 43”, “not depression”, “show” (recommend now), "
    "“why not <service>”, “tell me about <service>”, “refer to <service>”, “summary”, “record text”, "
    "“fit note”, “hand-out”, “status of FP-…” (where a referral stands). "
    "Type no names, NHS numbers or addresses."
)
LIMITS = (
    "I can only help with work-and-health support: who may use which service, and the referral. "
    "I give no clinical or benefit-entitlement advice; for benefits, Citizens Advice can help. "
    "The case is unchanged."
)


def next_step(
    state: Consultation, context: TurnContext
) -> tuple[Consultation, list[dict[str, Any]]]:
    """Ask what could still change the answer, one question at a time; else recommend."""
    if state.end_of_life is not None:
        return shown(state, context)
    # What was only inferred is asked like what is not known.
    unsaid: dict[str, Any] = dict.fromkeys(state.inferred)
    question = next_question(
        replace(state.case, **unsaid),
        context.as_of,
        directory(),
        asked=state.asked_slots,
        about=state.about,
    )
    if question is None:
        return shown(state, context)
    slot = question["slot"]
    return replace(state, asked=slot, asked_slots=(*state.asked_slots, slot)), [question]


def asked_for(words: str) -> str | None:
    """Return the slot that "ask <slot>" brings up, or ``None`` for any other words."""
    verb, _, rest = words.strip().casefold().partition(" ")
    slot = rest.strip().replace(" ", "_").replace("-", "_")
    return slot if verb == "ask" and slot in question_texts() else None


def ask(
    state: Consultation, slot: str, context: TurnContext
) -> tuple[Consultation, list[dict[str, Any]]]:
    """Ask for ``slot`` because the clinician wants to be asked; it counts towards no limit."""
    return replace(state, asked=slot), [question_message(slot, directory(), context.as_of)]


def shown(state: Consultation, context: TurnContext) -> tuple[Consultation, list[dict[str, Any]]]:
    """Recommend now. A service asked for by name that does not fit is explained first.

    Where no service is left, what would help most to know is asked once more.
    """
    book = directory()
    made = assess(end_of_life.judged(state), context.as_of, book)
    cards = message(made, book, role=context.role, said=state.said)
    for item in cards["items"]:
        if item["service_id"] in state.dismissed:
            item["dismissed"] = state.dismissed[item["service_id"]]
    cards["chips"] = chips(state.case)
    listed = tuple(ranked.card.id for ranked in made.ranked)
    offered = tuple(dict.fromkeys((*state.offered, *listed)))
    gaps = tuple(cards["gaps"])
    after = replace(state, offered=offered, listed=listed, gaps=gaps, asked=None)
    after, told = _told_once(after, [*_why_fewer(after), *_named_but_not_offered(state, made)])
    if state.end_of_life is not None and not listed:
        # What is left to do was said; a list without a line would only repeat it.
        cards["text"] = NOTHING_ELSE
    messages = [*told, cards]
    if listed or state.end_of_life is not None or len(state.asked_slots) >= MOST_QUESTIONS:
        return after, messages
    question = next_question(state.case, context.as_of, book)
    if question is None:
        return after, messages
    slot = question["slot"]
    asked = replace(after, asked=slot, asked_slots=(*after.asked_slots, slot))
    return asked, [*messages, question]


def _told_once(
    state: Consultation, told: list[tuple[str, dict[str, Any]]]
) -> tuple[Consultation, list[dict[str, Any]]]:
    """Return those messages whose key was not explained before, and the state that remembers it."""
    new = [(key, message) for key, message in told if key not in state.explained]
    keys = tuple(key for key, _ in new)
    return replace(state, explained=(*state.explained, *keys)), [message for _, message in new]


def _why_fewer(state: Consultation) -> list[tuple[str, dict[str, Any]]]:
    """Return what is said of a list without support with work, which a wish left out."""
    if state.end_of_life is not None:
        return [("end of life", end_of_life.told(state, directory()))]
    if state.case.goal != "not_now" or not state.listed:
        # Of an empty list the list itself says it.
        return []
    said = state.said.get("goal")
    return [(f"not now: {said}", info("help", LEFT_OUT.format(f" (“{said}”)" if said else "")))]


def _named_but_not_offered(
    state: Consultation, made: Assessment
) -> list[tuple[str, dict[str, Any]]]:
    book = directory()
    told = []
    for service_id in state.about:
        judgement = made.judgements.get(service_id)
        if judgement is None or service_id in made.shown_ids:
            continue
        why = why_not(judgement, made, book, state.said)
        message = info("why_not", f"{judgement.service.name}: {why}", service_id)
        told.append((f"{service_id}: {judgement.verdict}", message))
    return told
