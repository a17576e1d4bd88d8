"""What the buttons on the page of one consultation do.

Every button sends the whole page, so what was typed is saved first; then comes what the button says. What
cannot be done leaves the page as it was typed, with what was done before it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.web.referrals.access import Asker
from bot.web.referrals.forms import Sent
from bot.web.referrals.identity_form import (
    IdentityForm,
    IdentityProblem,
    as_sent,
    shown,
    taken_apart,
)
from bot.web.referrals.panel import DONE
from bot.web.referrals.press import Press, Stopped
from bot.web.referrals.trouble import Trouble
from referrals import desk
from referrals.desk import DeskError, Room
from referrals.identity.checks import age_on
from referrals.rendering.pdf import PdfError

KEPT = "What you typed is still on this page."
CHECK_FIRST = Trouble(
    "Check what was read from the pasted text.",
    "Nothing was changed yet.",
    "Then press again.",
    "patient",
)
TICK_FIRST = Trouble(
    "No service is ticked.", f"Nothing was recorded. {KEPT}", "Tick each one the patient agreed to.",
    "agreement",
)  # fmt: skip
OTHERWISE = Trouble(
    "You chose that somebody else agreed, or in another way.",
    f"Nothing was recorded. {KEPT}",
    "Use the button beside that choice.",
    "other-agreement",
)
AT_ODDS = Trouble(
    "Perhaps this is another patient: look at the date of birth and the sex.",
    "Who the patient is was kept. Nothing was recorded or sent.",
    "Correct one of the two, then press again.",
    "patient",
)
NO_PDF = "The paper that would go with it could not be made."
_ALONE = {"yes": True, "no": False}


@dataclass(frozen=True)
class Outcome:
    """What came of a button.

    ``done``: words of ``panel.DONE``; ``show``: whose preview to open. With an ``identity`` form or
    ``troubles`` the page is shown again as it was sent.
    """

    done: tuple[str, ...] = ()
    show: str = ""
    identity: IdentityForm | None = None
    troubles: tuple[Trouble, ...] = ()

    @property
    def again(self) -> bool:
        """Whether the page is shown again, and nothing is to be gone on to."""
        return self.identity is not None or bool(self.troubles)


def act(room: Room, asker: Asker, now: datetime, consultation_id: str, sent: Sent) -> Outcome:
    """Do what the button ``do`` asks. Raises ``DeskError`` where there is no such consultation."""
    references = desk.of_consultation(room, asker.actor, now, consultation_id)
    button, _, reference = sent.text("do", "save").partition(":")
    press = _Buttons(room, asker, now, references, sent)
    if button == "take-apart":
        return Outcome(identity=taken_apart(sent, now.date()) or as_sent(sent))
    if button == "show-identity":
        return Outcome(identity=shown(desk.reveal_identity(room, asker.actor, now, references[0])))
    if (read := taken_apart(sent, now.date())) is not None:
        return Outcome(identity=read, troubles=(CHECK_FIRST,))
    try:
        press.save()
        press.do(button, reference)
    except IdentityProblem as problem:
        wrong = tuple(Trouble(says, at=f"id-{name}") for name, says in problem.form.wrong.items())
        return Outcome(identity=problem.form, troubles=(*wrong, Trouble("", KEPT)))
    except Stopped as stopped:
        return Outcome(identity=as_sent(sent), troubles=(stopped.trouble,))
    except DeskError as error:
        return _stopped(press, error)
    except PdfError:
        return _stopped(press, DeskError("unavailable", NO_PDF))
    return Outcome(press.done or ("nothing",), press.show)


def _stopped(press: _Buttons, error: DeskError) -> Outcome:
    """Return the page as it was sent, with what stopped the button and what was done before."""
    before = " ".join(DONE[word] for word in press.done)
    kept = f"Done before that: {before}" if before else error.kept
    trouble = Trouble(error.what, f"{kept} {KEPT}", error.do, press.at)
    return Outcome(identity=as_sent(press.sent), troubles=(trouble,))


@dataclass
class _Buttons(Press):
    """What the buttons do."""

    def do(self, button: str, reference: str) -> None:
        """Do what the button says, to ``reference`` where it names one."""
        room, actor, now = self.room, self.asker.actor, self.now
        if reference and reference not in self.references:
            raise DeskError("not_found", "This referral is not of this consultation.")
        self.at = reference
        if button in ("consent", "consent-other", "go", "sign") and self.perhaps_another:
            # Perhaps another patient's line: nothing is agreed to or sent in this one's name.
            raise Stopped(AT_ODDS)
        if button in ("consent", "consent-other"):
            self._agree(other=button == "consent-other")
        elif button == "go":
            self._go_all(reference)
        elif button == "sign":
            desk.sign(room, actor, now, reference)
            self.did("signed")
        elif button == "by-hand":
            self._by_hand(reference)
        elif button == "checked":
            desk.confirm_checked(room, actor, now, reference)
            self.did("checked")
        elif button == "preview":
            self.show = reference
            self.did("dry_run")
        elif button == "refill":
            changed = desk.refill(room, actor, now, reference)
            self.did("refilled")
            if changed.ask_again:
                self.did("ask_again")
        elif button == "unconsent":
            desk.withdraw_consent(room, actor, now, reference, self._why(reference))
            self.did("unconsented")
        elif button == "withdraw":
            withdrawn = desk.withdraw(room, actor, now, reference, self._why(reference))
            self.did("withdrawn")
            if withdrawn.tell_service:
                self.did("tell_service")
        elif button == "forget-identity":
            desk.forget_identity(room, actor, now, self.references[0])
            self.did("forgotten")
        elif button in ("use-age", "use-sex"):
            self._correct(button)
        elif button != "save":
            raise DeskError("wrong_state", "There is no such button.")

    def _why(self, reference: str) -> str:
        return self.sent.text(f"why:{reference}").strip()

    def _agree(self, other: bool = False) -> None:
        ticked = [r for r in self.references if r in self.sent.all("agree")]
        if not ticked:
            raise Stopped(TICK_FIRST)
        who, how = self.sent.text("who") or "patient", self.sent.text("how") or "verbal"
        if not other and (who, how) != ("patient", "verbal"):
            raise Stopped(OTHERWISE)
        # Pressed twice, it was agreed to once.
        open_ones = [r for r in ticked if self.view(r).consent is None]
        if open_ones:
            desk.record_consent(
                self.room,
                self.asker.actor,
                self.now,
                open_ones,
                how=how,
                who_agreed=who,
                reason=self.sent.text("because"),
                seen_alone=_ALONE.get(self.sent.text("alone")),
            )
            self.did("agreed")

    def _go_all(self, reference: str) -> None:
        if reference:
            self._go(reference)
            return
        ticked = [r for r in self.references if r in self.sent.all("agree")]
        self._agree()
        for one in ticked:
            self._go(one)

    def _go(self, reference: str) -> None:
        """Sign where the reader may, make ready, and send what the product delivers."""
        self.at = reference
        room, actor, now = self.room, self.asker.actor, self.now
        view = self.view(reference)
        if view.carried or view.consent is None:
            return
        if not view.referral.signed and "sign" in view.may and view.referral.state == "consented":
            desk.sign(room, actor, now, reference)
            self.did("signed")
            view = self.view(reference)
        if view.referral.state == "consented" and view.referral.signed:
            desk.mark_ready(room, actor, now, reference)
            self.did("ready")
            view = self.view(reference)
        delivery = view.route.delivery if view.route else None
        if delivery is None or delivery.channel == "by_hand" or view.referral.queued_at is not None:
            return
        if view.referral.state in ("ready", "failed") and "send" in view.may:
            self._send(reference)

    def _send(self, reference: str) -> None:
        try:
            sent = desk.send(self.room, self.asker.actor, self.now, reference)
        except DeskError as error:
            if error.code != "hindered":
                raise
            self.show = reference
            self.did("dry_run")
            return
        self.did("queued" if sent.queued else "dry_run")
        self.show = "" if sent.queued else reference

    def _by_hand(self, reference: str) -> None:
        view = self.view(reference)
        if not view.carried and view.referral.state == "consented":
            if not view.referral.signed and "sign" in view.may:
                desk.sign(self.room, self.asker.actor, self.now, reference)
            desk.mark_ready(self.room, self.asker.actor, self.now, reference)
        desk.mark_sent_by_hand(
            self.room, self.asker.actor, self.now, reference, self.sent.text(f"how:{reference}")
        )
        self.did("sent_by_hand")

    def _correct(self, button: str) -> None:
        """Take the age or sex of the record for the case: the consultation was mistaken."""
        identity = desk.reveal_identity(self.room, self.asker.actor, self.now, self.references[0])
        born, key = identity.date_of_birth, button.removeprefix("use-")
        value: Any = (born and age_on(self.now.date(), born)) if key == "age" else identity.sex
        for reference in self.references:
            self.at = reference
            view = self.view(reference)
            if not value or view.referral.state not in ("draft", "consented", "ready"):
                continue
            about = view.referral.about
            changes: dict[str, Any] = {key: value}
            case = replace(about.case, **changes)
            said = {name: words for name, words in about.said.items() if name != key}
            changed = desk.refill(self.room, self.asker.actor, self.now, reference, case, said)
            self.did("corrected")
            if changed.ask_again:
                self.did("ask_again")
