"""What a practice sends to those who act on it: form, letters, requests. One table, one shape.

Each says who is asked, for what, about whom, and where the answer goes. What concerns the sender alone
(where it goes, what is missing, how old the facts are) stands below the cut.
"""

from __future__ import annotations

from dataclasses import dataclass

from referrals.artefacts.frame import (
    answer,
    entries,
    for_the_practice,
    lines,
    of_page,
    reached_at,
    reaching,
    signing,
    unsent,
    words,
)
from referrals.page import Page
from referrals.rendering.model import DocumentModel, Section, Steps, section
from referrals.service_words import name_of

ADD_AND_SEND = "Add what is missing, then send it yourself, with the patient's agreement."
SAFETY_LINES = {
    "suicide_self_harm": "Thoughts of suicide or self-harm were mentioned in the consultation.",
    "abuse": "Abuse was mentioned in the consultation.",
    "safeguarding": "A safeguarding concern was raised in the consultation.",
    "emergency": "An emergency was mentioned in the consultation.",
}


@dataclass(frozen=True)
class Wording:
    """The words of one kind. ``{service}`` stands for the service's name, ``{link_worker}`` for how to
    reach the practice's own; ``way`` heads the part on where it goes (empty: it stays in the practice).
    """

    title: str
    opening: tuple[str, ...] = ()
    to: str = ""
    then: str = ADD_AND_SEND
    about: str = "About the patient"
    asks_title: str = ""
    asks: tuple[str, ...] = ()
    way: str = "Where it goes"


WORDINGS = {
    "enquiry_form": Wording(title="Enquiry form: {service}", about="The form"),
    "letter": Wording(
        title="Letter to {service}",
        opening=(
            "Dear colleague,",
            "Please would you see this patient, and tell us whether {service} can help.",
        ),
    ),
    "secondary_care_request": Wording(
        title="Request to the care team: {service}",
        then="Add what is missing and the team's address, then send it yourself.",
        to="The team that looks after this patient (add its address)",
        opening=(
            "Dear colleagues,",
            "Please would you consider {service} for this patient, who is under your team. It is reached "
            "through you, not by a referral from the practice. Work support and treatment can go on side "
            "by side.",
        ),
        asks_title="What we ask",
        asks=(
            "Talk with the patient about this at the next contact.",
            "Tell us whether it is open to the patient, or what else you can offer.",
            "If the patient is no longer under your team, tell us.",
        ),
        way="How it is reached",
    ),
    "social_care_request": Wording(
        title="Request to adult social care: {service}",
        to="Adult social care where the patient lives (add its address)",
        opening=(
            "Please would you consider {service} for this patient, and tell us whether an assessment is "
            "needed first.",
        ),
        way="How it is reached",
    ),
}
LINK_WORKER = Wording(
    title="To our link worker (inside the practice)",
    then="Add what is missing, then pass it on inside the practice.",
    to="{link_worker}",
    opening=(
        "Please would you meet this patient, hear what matters to them, and help them reach the support "
        "that they choose.",
    ),
    asks_title="What would help us",
    asks=(
        "Tell us when you have met, or if you could not reach the patient.",
        "Tell us what the patient chose, and which services you contacted.",
        "Tell us if something is needed that does not exist here.",
    ),
    way="",
)


def to_professionals(page: Page) -> DocumentModel:
    """Return the document of ``page.kind``; to the practice's own link worker where it is internal."""
    wording = LINK_WORKER if page.internal else WORDINGS[page.kind]
    named = {
        "service": name_of(page.service),
        "link_worker": reached_at(page.practice.link_worker),
    }
    return of_page(
        page,
        wording.title.format(**named),
        unsent(page, wording.then),
        lines("To", [wording.to.format(**named)]),
        words(*(text.format(**named) for text in wording.opening)),
        section(wording.about, entries(page.fields)),
        lines("Safety", [SAFETY_LINES[c] for c in page.safety if c in SAFETY_LINES]),
        reaching(),
        _asks(wording),
        answer(page.practice),
        signing(page),
        *for_the_practice(page, wording.way),
    )


def _asks(wording: Wording) -> Section | None:
    return section(wording.asks_title, Steps(wording.asks)) if wording.asks else None
