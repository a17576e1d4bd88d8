"""Links: what a receiver can do with one, and what a mail scanner, a guess or an old one cannot."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import delivery_cases as cases
import pytest
import sqlalchemy as sa
from delivery_cases import NOW, SEALER
from hypothesis import given
from hypothesis import strategies as st

from referrals import audit
from referrals.delivery import addresses
from referrals.delivery.settings import reachable
from referrals.records import history, referrals
from referrals.records.engine import reading, writing
from referrals.replies import by_link, links, reports, tasks
from referrals.replies.links import Link, LinkError
from services_directory.model import Delivery

DAYS = 30
REFERENCE = "FP-ABCDEFGH"


@pytest.fixture
def engine(tmp_path: Path) -> Any:
    return cases.new_record(tmp_path)


def sent(engine: Any, state: str = "sent") -> str:
    """Keep a referral that was sent; return the secret word of its link."""
    with writing(engine) as connection:
        referrals.insert(
            connection, SEALER, cases.waiting_referral(REFERENCE, state=state, queued_at=None)
        )
        address = links.report_link(
            connection, "https://us.example.invalid", REFERENCE, "test-service", NOW, DAYS
        )
    return address.removeprefix("https://us.example.invalid/r/")


def press(engine: Any, word: str, button: str, reason: str = "", now: Any = NOW) -> str:
    return by_link.press(engine, SEALER, word, button, reason, now)


def everything(engine: Any) -> list[Any]:
    with reading(engine) as connection:
        tables = [
            connection.execute(sa.select(t)).all() for t in by_link.REFERRAL.metadata.sorted_tables
        ]
    return tables


def test_looking_changes_nothing(engine: Any) -> None:
    word = sent(engine)
    before = everything(engine)
    for _ in range(3):
        page = by_link.look(engine, word, NOW)
    assert everything(engine) == before
    assert page.text.startswith(f"Referral {REFERENCE}: sent.")
    values = [button.value for button in page.buttons]
    assert values == ["received", "accepted", "declined", "attached", "completed"]
    assert [b.value for b in page.buttons if b.needs_reason] == ["declined"] and page.reasons


def test_a_receiver_sees_it_through(engine: Any) -> None:
    word = sent(engine)
    for button in ("received", "accepted", "attached", "completed"):
        assert press(engine, word, button) == reports.DONE
    with reading(engine) as connection:
        steps = history.changes(connection, SEALER, REFERENCE)
        assert [s.to_state for s in steps] == ["received", "accepted", "attached", "completed"]
        assert {s.party for s in steps} == {"receiver"}
        assert audit.verify(connection).whole
    with pytest.raises(LinkError) as refused:
        press(engine, word, "declined", "changed our mind")
    assert refused.value.code == "closed"


def test_pressed_twice_is_as_once(engine: Any) -> None:
    word = sent(engine)
    assert press(engine, word, "received") == reports.DONE
    assert press(engine, word, "received") == reports.NOTED_BEFORE
    with reading(engine) as connection:
        assert len(history.changes(connection, SEALER, REFERENCE)) == 1


def test_declining_needs_a_reason_and_makes_a_task(engine: Any) -> None:
    word = sent(engine)
    with pytest.raises(reports.CannotReport, match="say why"):
        press(engine, word, "declined", "   ")
    with pytest.raises(reports.CannotReport, match="under 500"):
        press(engine, word, "declined", "x" * 501)
    assert press(engine, word, "declined", "we are\n full") == reports.DONE
    with reading(engine) as connection:
        assert history.changes(connection, SEALER, REFERENCE)[-1].reason == "we are full"
        [task] = tasks.open_tasks(connection, "Y99999")
        assert (task.kind, task.owner) == ("declined", "dr-a")
        assert not tasks.open_tasks(connection, "X99999")
        # The reason may name the patient: it is sealed.
        rows = connection.execute(sa.text("select reason from state_change")).scalars()
        assert not any("full" in reason for reason in rows)


@pytest.mark.parametrize(
    ("state", "button"),
    [
        ("completed", "declined"),
        ("declined", "accepted"),
        ("attached", "received"),
        ("sent", "sent"),
        ("sent", "withdrawn"),
        ("sent", "failed"),
        ("sent", "confirm"),
        ("sent", ""),
    ],
)
def test_only_the_declared_steps(engine: Any, state: str, button: str) -> None:
    word = sent(engine, state)
    if button == state:
        assert press(engine, word, button) == reports.NOTED_BEFORE
        return
    with pytest.raises(reports.CannotReport):
        press(engine, word, button, "because")
    assert cases.state_of(engine, REFERENCE) == state


@pytest.mark.parametrize("state", ["withdrawn", "failed"])
def test_what_the_practice_ended_cannot_be_reported(engine: Any, state: str) -> None:
    word = sent(engine, state)
    for use in (
        lambda: by_link.look(engine, word, NOW),
        lambda: press(engine, word, "accepted"),
    ):
        with pytest.raises(LinkError) as refused:
            use()
        assert refused.value.code == "closed"


def test_a_link_runs_out(engine: Any) -> None:
    word = sent(engine)
    last = NOW + timedelta(days=DAYS)
    by_link.look(engine, word, last - timedelta(seconds=1))
    for use in (
        lambda: by_link.look(engine, word, last),
        lambda: press(engine, word, "received", now=last),
    ):
        with pytest.raises(LinkError) as refused:
            use()
        assert refused.value.code == "over"


@given(word=st.text(max_size=60) | st.from_regex(r"[A-Za-z0-9_-]{43}", fullmatch=True))
def test_a_guess_leads_nowhere(word: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    engine = _shared(tmp_path_factory)
    with pytest.raises(LinkError) as refused:
        by_link.look(engine, word, NOW)
    assert refused.value.code == "unknown"


def _shared(factory: pytest.TempPathFactory, made: list[Any] = []) -> Any:  # noqa: B006
    if not made:
        made.append(cases.new_record(factory.mktemp("guess")))
        sent(made[0])
    return made[0]


def test_the_record_gives_no_link_away(engine: Any, tmp_path: Path) -> None:
    word = sent(engine)
    assert len(word) == 43
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert word.encode() not in files
    with reading(engine) as connection:
        assert word not in "".join(str(e) for e in audit.entries(connection))


def test_a_link_that_confirms_an_address_reports_nothing(engine: Any) -> None:
    where = Delivery("email", "team@receiver.example.invalid")
    settings = cases.settings(mail=cases.mail(1), base_url="https://us.example.invalid")
    with writing(engine) as connection:
        with pytest.raises(addresses.CannotTest, match="cannot reach"):
            addresses.test(
                connection, SEALER, cases.replace(settings, base_url=""), cases.SENDER,
                "test-service", where, "dr-a", NOW,
            )  # fmt: skip
        addresses.test(
            connection, SEALER, settings, cases.SENDER, "test-service", where, "dr-a", NOW
        )
        link = Link(
            "confirm_address", None, "test-service", where.channel, where.address,
            NOW + addresses.CONFIRM_WITHIN,
        )  # fmt: skip
        word = links.give_out(connection, link, NOW)
        assert "has not confirmed" in addresses.not_confirmed(connection, "test-service", where)
    page = by_link.look(engine, word, NOW, "A service")
    assert "A service" in page.text and where.address in page.text
    assert [button.value for button in page.buttons] == ["confirm"]
    with pytest.raises(reports.CannotReport):
        press(engine, word, "accepted")
    with reading(engine) as connection:
        assert addresses.not_confirmed(connection, "test-service", where)
    assert press(engine, word, "confirm") == by_link.CONFIRMED == press(engine, word, "confirm")
    with reading(engine) as connection:
        assert not addresses.not_confirmed(connection, "test-service", where)
        changed = Delivery("email", "other@receiver.example.invalid")
        assert "has not been tested" in addresses.not_confirmed(connection, "test-service", changed)
        other = Delivery("web_api", where.address)
        assert addresses.not_confirmed(connection, "test-service", other)
        assert addresses.not_confirmed(connection, "another-service", where)


@pytest.mark.parametrize(
    ("base", "found"),
    [
        ("https://us.example.invalid/", "https://us.example.invalid"),
        ("http://us.example.invalid", ""),
        ("https://127.0.0.1:5005", ""),
        ("http://localhost:5005", ""),
        ("", ""),
    ],
)
def test_where_receivers_reach_us(base: str, found: str) -> None:
    assert reachable(base) == found
