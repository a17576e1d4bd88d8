"""Looking at referrals: one, the practice's list, and a table to take along. Every look is noted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from referrals.consent import standing
from referrals.desk.blockers import Blocker
from referrals.desk.errors import DeskError
from referrals.desk.papers import carried, document_input, route_of
from referrals.desk.people import duplicates_of, identity_of, signer_of
from referrals.desk.room import Room, Work
from referrals.desk.sending import all_blockers, packet_of
from referrals.desk.what_next import Standing, next_step
from referrals.identity import Identity
from referrals.lifecycle import FINAL, STATE_WORDS, STATES, TOLD, following
from referrals.model import About, Consent, Field, Referral, State, StateChange
from referrals.page import DocumentInput
from referrals.permissions import (
    ACTIONS,
    HIDDEN,
    Action,
    Actor,
    may,
    may_read_field,
    may_sign,
)
from referrals.records import history, identities, referrals
from referrals.records.tables import REFERRAL
from referrals.reference import tidied
from referrals.routes import HAND_OUT
from referrals.service_words import name_of
from referrals.shareable import functional, shareable
from referrals.worklist import WorkRow, rows
from services_directory.model import Route, Service
from services_directory.reasons import day_of


@dataclass(frozen=True)
class View:
    """One referral as its reader may see it.

    ``referral`` has its hidden fields blank and says so as their source. ``service`` and ``route`` are
    ``None`` where the directory has no such entry any more. ``blockers``: what stands between it and being
    sent. ``next_states``: what the service may have told the practice, to be reported; ``may``: what the
    reader may do. ``identity_held``: a name can be shown. ``delayed``: why it has not arrived, where it was
    tried in vain. ``next``: what has to happen next, in words that say nothing of the patient.
    """

    referral: Referral
    service_name: str
    service: Service | None
    route: Route | None
    history: tuple[StateChange, ...]
    consents: tuple[Consent, ...]
    blockers: tuple[Blocker, ...]
    next_states: tuple[State, ...]
    may: frozenset[Action]
    identity_held: bool
    carried: bool
    delayed: str = ""
    next: str = ""

    @property
    def consent(self) -> Consent | None:
        """The agreement that stands, if one does."""
        return standing(self.consents)


def view(
    room: Room, actor: Actor, now: datetime, reference: str, prepared_in: str | None = None
) -> View:
    """Return one referral; that it was looked at is noted. Raises ``DeskError``.

    ``prepared_in``: the consultation that asks. Whoever may prepare and not look still learns what became of
    what they prepared there; of any other referral they learn nothing.
    """
    with room.work(actor, now) as work:
        referral = _prepared_here(work, reference, prepared_in) or work.load(reference, "see")
        work.note("view", referral.reference)
        service = room.services.get(referral.service_id)
        route = route_of(referral, service) if service else None
        held = identities.held(work.connection, (referral.consultation_id,))
        open_now = service is not None and not referral.purged and referral.state not in FINAL
        can = frozenset(action for action in ACTIONS if may(actor, action))
        if route is not None and not may_sign(actor, route):
            can -= {"sign"}
        steps = history.changes(work.connection, work.sealer, referral.reference)
        agreed = history.consents(work.connection, work.sealer, referral.reference)
        reads = "see_conditions" in can
        blockers = all_blockers(work, referral) if open_now else ()
        delayed = room.outbox.problem(work.connection, referral.reference)
        delivery = route.delivery if route is not None else None
        standing_now = Standing(
            service,
            frozenset(blocker.code for blocker in blockers),
            carried=route is not None and carried(referral, route),
            by_hand=delivery is None or delivery.channel == "by_hand",
            in_vain=bool(delayed),
        )
        return View(
            referral=masked(referral, actor),
            service_name=name_of(service) if service else referral.service_id,
            service=service,
            route=route,
            history=steps if reads else tuple(replace(s, reason="") for s in steps),
            consents=agreed if reads else tuple(replace(c, reason="", says="") for c in agreed),
            blockers=blockers,
            next_states=tuple(s for s in following(referral.state, "practice") if s in TOLD),
            may=can,
            identity_held=bool(held),
            carried=standing_now.carried,
            delayed=delayed,
            next=next_step(referral, steps, standing_now, now),
        )


def _prepared_here(work: Work, reference: str, consultation_id: str | None) -> Referral | None:
    """Return the referral if the actor, who may prepare, prepared it in this consultation."""
    if consultation_id is None or not may(work.actor, "draft"):
        return None
    found = referrals.get(work.connection, work.sealer, tidied(reference) or "")
    if found is None or found.consultation_id != consultation_id:
        return None
    own = found.prepared_by == work.actor.id and found.practice == work.actor.practice
    return found if own else None


def status_message(found: View) -> dict[str, Any]:
    """Return the contract's ``referral_status`` message; it says nothing of the patient."""
    referral = found.referral
    since = day_of(referral.state_since.date())
    waiting = ", on its way" if referral.queued_at is not None else ""
    return {
        "type": "referral_status",
        "text": f"{referral.reference} to {found.service_name}: {STATE_WORDS[referral.state]}, "
        f"since {since}{waiting}. {found.next}".rstrip(),
        "referral_id": referral.reference,
        "state": referral.state,
        "history": [
            {
                "at": step.at.isoformat(),
                "from": step.from_state,
                "state": step.to_state,
                "by": step.party,
                "role": step.role,
            }
            for step in found.history
        ],
    }


def of_consultation(
    room: Room, actor: Actor, now: datetime, consultation_id: str
) -> tuple[str, ...]:
    """Return the references of a consultation's referrals, oldest first, what was purged last.

    Raises ``DeskError``: there are none here.
    """
    with room.work(actor, now) as work:
        work.allow("see", actor.practice)
        found = referrals.of_consultation(work.connection, consultation_id)
        found = tuple(sorted(found, key=lambda referral: referral.purged))
        mine = tuple(r.reference for r in found if r.practice == actor.practice)
        if not mine:
            raise DeskError(
                "not_found",
                "There are no referrals of this consultation here.",
                "Nothing was changed.",
                "A draft that nobody touched is deleted when its day is over: ask for it again.",
            )
        return mine


@dataclass(frozen=True)
class Preview:
    """What would leave (``shown``, in words), and every reason why it would not (``hindrances``)."""

    shown: str
    hindrances: tuple[str, ...]


def preview(room: Room, actor: Actor, now: datetime, reference: str) -> Preview:
    """Return what sending would hand over, name and all; nothing is sent, and the look is noted.

    Raises ``DeskError``; who may not see conditions gets no preview.
    """
    with room.work(actor, now) as work:
        referral = work.load(reference, "see_conditions")
        work.allow("reveal_name", referral.reference)
        work.note("preview", referral.reference)
        packet = packet_of(work, referral)
        hindrances: tuple[str, ...] = ()
        if packet.delivery.channel != "by_hand":
            hindrances = room.outbox.hindrances(work.connection, packet, now)
        return Preview(room.outbox.shown(packet), hindrances)


def repeats(room: Room, actor: Actor, now: datetime, reference: str) -> tuple[Referral, ...]:
    """Return earlier referrals of the same patient that this one would repeat. Raises ``DeskError``."""
    with room.work(actor, now) as work:
        referral = work.load(reference, "see")
        identity = identity_of(work.connection, work.sealer, referral)
        return duplicates_of(work, referral, identity)


def masked(referral: Referral, actor: Actor) -> Referral:
    """Return ``referral`` without what ``actor`` may not read."""
    if may(actor, "see_conditions"):
        return referral

    def seen(field: Field) -> Field:
        if may_read_field(actor, field):
            # The clinician's own words may tell more than the value does.
            return replace(field, source="")
        return replace(field, value="", source=HIDDEN)

    return replace(referral, about=About(), fields=tuple(seen(f) for f in referral.fields))


def papers(
    room: Room, actor: Actor, now: datetime, reference: str, with_identity: bool = False
) -> tuple[DocumentInput, Identity | None]:
    """Return what ``referrals.documents.make`` needs for this referral's documents; noted as a look.

    ``with_identity``: the name goes on them, which is noted too. Raises ``DeskError``; who may not see
    conditions gets a patient's own hand-out and no other paper.
    """
    with room.work(actor, now) as work:
        referral = work.load(reference, "draft")
        reads = may(actor, "see_conditions")
        if not reads and referral.kind != HAND_OUT:
            work.refuse("see_conditions", referral.reference)
        identity = None
        if with_identity:
            work.allow("reveal_name", referral.reference)
            identity = identity_of(work.connection, work.sealer, referral)
        work.note("documents", referral.reference, {"with_name": with_identity})
        consents = history.consents(work.connection, work.sealer, referral.reference)
        given = document_input(
            referral,
            work.service_of(referral),
            room.practice,
            work.day_for(referral),
            consents,
            signer_of(work.connection, referral),
        )
        if not reads:
            # Whatever paper is made of it, it is made without health.
            plain = functional(shareable(given.case))
            nothing = frozenset[Any]()
            given = replace(
                given, case=plain, said={}, edits={}, included=nothing, confirmed=nothing, safety=()
            )
        return given, identity


def worklist(
    room: Room,
    actor: Actor,
    now: datetime,
    states: Collection[State] = (),
    owner: str | None = None,
) -> tuple[WorkRow, ...]:
    """Return the practice's referrals, without their patients. Empty ``states``: all that are not at an end.

    Raises ``DeskError``.
    """
    with room.work(actor, now) as work:
        work.allow("see", actor.practice)
        work.note("worklist", actor.practice)
        return _rows(work, states, owner)


def export(room: Room, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Return all of the practice's referrals with the times of their states, and no word on patients."""
    with room.work(actor, now) as work:
        work.allow("export", actor.practice)
        work.note("export", actor.practice)
        found = []
        for row in _rows(work, STATES, None):
            steps = history.changes(work.connection, work.sealer, row.reference)
            found.append(
                {
                    **row.to_json(),
                    "history": [
                        {"at": s.at.isoformat(), "state": s.to_state, "by": s.party} for s in steps
                    ],
                }
            )
        return found


def _rows(work: Work, states: Collection[State], owner: str | None) -> tuple[WorkRow, ...]:
    conditions = [REFERRAL.c.practice == work.actor.practice]
    if states:
        conditions.append(REFERRAL.c.state.in_(sorted(states)))
    else:
        conditions.append(REFERRAL.c.state.not_in(sorted(FINAL)))
    if owner is not None:
        conditions.append(REFERRAL.c.owner == owner)
    found = referrals.listed(work.connection, *conditions)
    held = identities.held(work.connection, tuple({r.consultation_id for r in found}))
    return rows(found, work.room.services, held, work.now)
