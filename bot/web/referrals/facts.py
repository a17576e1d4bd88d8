"""What stays off a referral until somebody switches it on, one by one, in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from referrals.artefacts import WRITERS
from referrals.model import Fact, Referral
from referrals.page import CARRIED_KINDS, SAFETY_KEY, DocumentInput, page_for
from referrals.shareable import sensitive_facts, shareable
from services_directory.case import FACT_KEYS, LIST_KEYS
from services_directory.model import Route, Service
from services_directory.vocabulary import vocabulary

SAFETY_WORDS = {
    "suicide_self_harm": "thoughts of suicide or self-harm were raised",
    "abuse": "abuse was raised",
    "safeguarding": "a safeguarding concern was raised",
    "emergency": "an emergency was raised",
}
KEY_WORDS = {
    "conditions": "health conditions",
    "barriers": "everything that makes work hard, in full",
    "sex": "sex",
    "age": "age",
    "pregnant_or_postnatal": "pregnancy",
    "under_secondary_mental_health": "being under the mental health team",
}


@dataclass(frozen=True)
class Switch:
    """One tick box: ``id`` is what it sends, ``on`` how it stands."""

    id: str
    words: str
    on: bool


@dataclass(frozen=True)
class Switches:
    """``uncertain`` facts to confirm, ``sensitive`` ones to include, ``agreed`` keys for this receiver."""

    uncertain: tuple[Switch, ...] = ()
    sensitive: tuple[Switch, ...] = ()
    agreed: tuple[Switch, ...] = ()

    @property
    def any(self) -> bool:
        """Whether there is anything to switch."""
        return bool(self.uncertain or self.sensitive or self.agreed)

    @property
    def standing(self) -> str:
        """How all of them stand, so that a form says what it was made from."""
        groups = (("sure", self.uncertain), ("on", self.sensitive), ("may", self.agreed))
        return " ".join(f"{name}={s.id}" for name, group in groups for s in group if s.on)


def id_of(fact: Fact) -> str:
    """Return a fact as a tick box sends it."""
    return "|".join(fact)


def facts_of(ids: Iterable[str]) -> frozenset[Fact]:
    """Return the facts that tick boxes sent."""
    pairs = (one.partition("|") for one in ids)
    return frozenset((key, value) for key, sep, value in pairs if sep)


def switches(referral: Referral, service: Service, route: Route, given: DocumentInput) -> Switches:
    """Return what can be switched for ``referral``: never what its receiver must not have.

    ``given``: what its papers are made from.
    """
    about, words = referral.about, vocabulary()
    uncertain = [
        (key, value)
        for key, ids in about.case.uncertain.items()
        for value in ids
        if _held(referral, key, value)
    ]
    never = tuple(name for way in service.routes for name in way.never_include)
    allowed = shareable(about.case, never, words, sensitive_facts(about.case, words))
    sensitive = [
        (key, value)
        for key, value in sensitive_facts(about.case, words)
        if value in getattr(allowed, key) or (key, value) in uncertain
    ]
    if referral.kind not in CARRIED_KINDS:
        sensitive += [(SAFETY_KEY, category) for category in about.safety]
    sensitive = [fact for fact in sensitive if fact in about.included or _told(given, fact)]
    return Switches(
        tuple(_switch(fact, fact in about.confirmed) for fact in uncertain),
        tuple(_switch(fact, fact in about.included) for fact in dict.fromkeys(sensitive)),
        tuple(
            Switch(key, KEY_WORDS.get(key, key.replace("_", " ")), key in about.agreed)
            for key in route.may_include
        ),
    )


def _told(given: DocumentInput, fact: Fact) -> bool:
    """Say whether the paper says ``fact`` once it is switched on: a switch without effect would deceive."""
    every = replace(
        given,
        edits={},
        confirmed=given.confirmed | {fact},
        agreed=frozenset(given.route.may_include),
    )
    written = [
        WRITERS[given.kind](page_for(given.kind, replace(every, included=included)))
        for included in (given.included - {fact}, given.included | {fact})
    ]
    return written[0] != written[1]


def _held(referral: Referral, key: str, value: str) -> bool:
    case = referral.about.case
    if key in LIST_KEYS:
        return value in getattr(case, key)
    return key in FACT_KEYS and getattr(case, key) is not None


def _switch(fact: Fact, on: bool) -> Switch:
    key, value = fact
    safety = SAFETY_WORDS.get(value, value.replace("_", " "))
    return Switch(id_of(fact), safety if key == SAFETY_KEY else vocabulary().label(key, value), on)
