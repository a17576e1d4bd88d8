"""The actions that Rasa knows: each hands its turn to `actions.consultation` and sends what comes back.

An action's name is `action_` and what `turn.respond` calls it. All work the same way, so each class
says only when it runs; which intent leads to which action stands in data/rules.yml.
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.consultation import turn
from actions.consultation.context import TurnResult
from actions.context import asked_slot, conversation_date, turn_context
from actions.failure import error_message, where
from actions.reading import read

logger = logging.getLogger(__name__)


def buttons(message: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return a question's options as Rasa's buttons; other messages have none."""
    return [
        {"title": str(option["title"]), "payload": str(option["payload"])}
        for option in message.get("options", ())
    ]


def metadata_of(tracker: Tracker) -> dict[str, Any]:
    """Return the metadata that the channel sent with the latest message."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return dict(event.get("metadata") or {})
    return {}


def understanding_of(tracker: Tracker) -> dict[str, Any]:
    """Return what was read from the latest message.

    `rasa shell` lets a developer type `/intent`, which Rasa answers without reading: then the
    message is read here.
    """
    latest = tracker.latest_message or {}
    if "understanding" in latest:
        return dict(latest["understanding"])
    asked = asked_slot(tracker.get_slot("consultation"))
    return read(str(latest.get("text") or ""), asked)


class ConsultationAction(Action, ABC):
    """Takes one turn of the consultation."""

    @property
    @abstractmethod
    def step(self) -> str:
        """What `turn.respond` calls this action."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return f"action_{self.step}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Take the turn. A failure is told as a typed `error`; the consultation stays as it was."""
        metadata = metadata_of(tracker)
        kept_date = tracker.get_slot("as_of")
        try:
            result = turn.respond(
                self.step,
                dict(tracker.get_slot("consultation") or {}),
                understanding_of(tracker),
                turn_context(metadata, kept_date, datetime.now().astimezone()),
            )
        except Exception as error:
            logger.error("%s failed: %s", self.name(), where(error))
            dispatcher.utter_message(**_typed(error_message("internal")))
            return []
        for message in result.messages:
            dispatcher.utter_message(**_typed(message))
        day = conversation_date(metadata, kept_date)
        return _events(result, day.isoformat() if day else None)


def _typed(message: dict[str, Any]) -> dict[str, Any]:
    return {"text": message["text"], "buttons": buttons(message), "json_message": message}


def _events(result: TurnResult, day: str | None) -> list[EventType]:
    """Keep the state; where the consultation has ended, in a session that has no past."""
    kept = [
        SlotSet("consultation", result.state),
        SlotSet("case", result.state.get("case", {})),
        SlotSet("as_of", day),
    ]
    if not result.ended:
        return kept
    # A started session forgets every slot and event before it. No rule fits a session without a
    # message, so the wait for the next one is said, not predicted.
    return [SessionStarted(), *kept, FollowupAction("action_listen")]


class ActionUpdateCase(ConsultationAction):
    """Something was said of the patient, or a question answered."""

    step = "update_case"


class ActionUndo(ConsultationAction):
    """`undo`: the last change is taken back."""

    step = "undo"


class ActionNewPatient(ConsultationAction):
    """`new patient`: the consultation is forgotten and another begins."""

    step = "new_patient"


class ActionSamePatient(ConsultationAction):
    """The question "new patient, or change this one?" was answered: this one."""

    step = "same_patient"


class ActionWhyNot(ConsultationAction):
    """`why not <service>`."""

    step = "why_not"


class ActionTellMeAbout(ConsultationAction):
    """`tell me about <service>`."""

    step = "tell_me_about"


class ActionReferTo(ConsultationAction):
    """`refer to <service>`."""

    step = "refer_to"


class ActionDismiss(ConsultationAction):
    """A service was set aside, perhaps with the reason."""

    step = "dismiss"


class ActionSummary(ConsultationAction):
    """`summary`."""

    step = "summary"


class ActionHelp(ConsultationAction):
    """`help`."""

    step = "help"


class ActionLimits(ConsultationAction):
    """A question that this assistant does not answer."""

    step = "limits"


class ActionGreet(ConsultationAction):
    """A greeting or thanks."""

    step = "greet"


class ActionGoOn(ConsultationAction):
    """The clinician wants to go on, after a safety message for instance."""

    step = "go_on"


class ActionShow(ConsultationAction):
    """Something of this consultation is to be shown again."""

    step = "show"


class ActionRecordText(ConsultationAction):
    """Text for the GP record."""

    step = "record_text"


class ActionFitNoteComments(ConsultationAction):
    """Functional comments for a fit note."""

    step = "fit_note_comments"


class ActionHandout(ConsultationAction):
    """A hand-out for the patient."""

    step = "handout"


class ActionReferralStatus(ConsultationAction):
    """`status of FP-…`: where a referral stands."""

    step = "referral_status"


class ActionFallback(ConsultationAction):
    """No rule fits the intent."""

    step = "fallback"
