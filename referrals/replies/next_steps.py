"""After a decline, a failure or silence: words for the patient, and the services to try next. Pure.

The words go out under the practice's own name (a text message, a letter), so they name neither the service's
reasons nor anything of the patient's health: whoever sends them adds what is right.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from referrals.replies.tasks import TaskKind
from services_directory.case import Case
from services_directory.directory import Directory
from services_directory.recommendation import recommend

# Short sentences and everyday words: reading age about 9 to 11.
PATIENT_WORDS: Mapping[TaskKind, str] = {
    "declined": (
        "We asked {service} to see you. They cannot do this now. It is not your fault. We would like to "
        "find you other help. Please call us, or wait for our call. {practice}"
    ),
    "failed": (
        "We tried to ask {service} to see you. Our message did not reach them. We will try another way. "
        "You do not have to do a thing now. {practice}"
    ),
    "silent": (
        "We asked {service} to see you. We have not heard back. Have they called you? Please tell us. If "
        "they have not, we will ask them, or look for other help. {practice}"
    ),
    "may_have_left": (
        "We took back our message to {service}. It may have gone by then. We will ask them to delete it. "
        "If they call you, you can say no. {practice}"
    ),
}
MOST = 3


@dataclass(frozen=True)
class Next:
    """A service to try next: its id and name, and whether it surely fits (``eligible``) or may."""

    service_id: str
    name: str
    verdict: str


def patient_words(kind: TaskKind, service_name: str, practice_name: str) -> str:
    """Return what the patient can be told, ready to send."""
    return PATIENT_WORDS[kind].format(service=service_name, practice=practice_name)


def next_services(
    case: Case,
    day: date,
    directory: Directory,
    tried: Collection[str],
    role: str | None = None,
    most: int = MOST,
) -> tuple[Next, ...]:
    """Return up to ``most`` services for ``case`` on ``day`` in their order, without those ``tried``."""
    items = recommend(case, day, directory, rejected=False, role=role)["items"]
    fresh = [item for item in items if not {item["service_id"], *item["also"]} & set(tried)]
    return tuple(Next(i["service_id"], i["name"], i["verdict"]) for i in fresh[:most])
