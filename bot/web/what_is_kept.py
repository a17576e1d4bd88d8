"""What this server keeps, where and for how long, as the settings and the code that deletes have it.

For `/privacy`. Pure: each line is told in words, with no address, name or path of this server.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from bot.channels.conversation import ANSWERS_KEPT
from bot.channels.teams.dedup import KEEP_SECONDS as ACTIVITY_SECONDS
from bot.channels.teams.references import KEEP_GROUPS_SECONDS, KEEP_NUDGES_SECONDS
from bot.sign_in.gate import SESSION_SECONDS
from bot.web.reader_notes import KEPT_DAYS
from services_directory.practice import PracticeSettings

DAY = 24 * 3600
NO_LIMIT = "Until the practice deletes it: the software sets no time"
ON_THIS_SERVER = "A file on this server"


@dataclass(frozen=True)
class Kept:
    """One kind of thing that is kept: its `name`, and in words `what` it is, `where`, and `how_long`."""

    name: str
    what: str
    where: str
    how_long: str


@dataclass(frozen=True)
class Stores:
    """SQLAlchemy addresses of where things are. `teams` is None where there is no Teams channel.

    `queue`: whether messages of several processes wait their turn in Redis.
    """

    conversations: str
    counts: str
    referrals: str
    teams: str | None = None
    queue: bool = False


def what_is_kept(practice: PracticeSettings, stores: Stores) -> tuple[Kept, ...]:
    """Return all that is kept, what concerns patients most first."""
    conversations = place(stores.conversations)
    sealed = f"{place(stores.referrals)}, encrypted field by field"
    rows = [
        *_of_consultations(practice, conversations, place(stores.counts)),
        *_of_referrals(practice, sealed, place(stores.referrals)),
        *_of_staff(place(stores.referrals)),
    ]
    if stores.queue:
        rows.append(
            Kept(
                "Queue",
                "Whose message is next: a keyed hash, no words",
                "Redis, in memory",
                "Seconds",
            )
        )
    if stores.teams is not None:
        rows += _of_teams(place(stores.teams))
    return (*rows, *_of_the_directory())


def place(url: str) -> str:
    """Return where a database is, in words: its address is for nobody else."""
    kind = sa.engine.make_url(url).get_backend_name()
    if kind == "sqlite":
        return ON_THIS_SERVER
    return (
        f"A {'PostgreSQL' if kind == 'postgresql' else kind} database that the practice has named"
    )


def _of_consultations(
    practice: PracticeSettings, conversations: str, counts: str
) -> tuple[Kept, ...]:
    return (
        Kept(
            "Consultations",
            "What is typed about a patient, and the answers. Names, NHS numbers, dates of birth, addresses, "
            "phone numbers and e-mail addresses are taken out first, as far as they are recognised: so none "
            "should be typed",
            conversations,
            "Until the next patient begins, and at the latest after the end of the working day "
            f"({practice.end_of_day}), once nothing was said for {practice.idle_minutes} minutes",
        ),
        Kept(
            "In the browser",
            "The number of the consultation, and what was typed and could not be sent yet, as it was typed",
            "The browser, for the one tab",
            "Until it was sent, or the tab is closed",
        ),
        Kept(
            "Last answers to scripts",
            "What a program was answered over the REST channel, so that what is sent twice is taken once",
            "The memory of the server",
            f"Until {ANSWERS_KEPT} others were answered, or the server stops",
        ),
        Kept(
            "Counts",
            "Of each consultation: week, practice, area, age band, work status, and which services "
            "were offered, chosen or set aside. No words, and nobody's identity",
            counts,
            NO_LIMIT,
        ),
    )


def _of_referrals(practice: PracticeSettings, sealed: str, open_: str) -> tuple[Kept, ...]:
    days = practice.referrals
    return (
        Kept(
            "Referrals",
            "Who the patient is, the form, and what the patient agreed to; also a service's request for "
            "health input",
            sealed,
            "A draft that nobody touched: to the end of its day. Any other draft: "
            f"{_days(days.keep_drafts_days)}. The rest: {_days(days.keep_after_end_days)} after it was "
            "declined, completed or withdrawn. In any case at most "
            f"{_days(days.keep_at_most_days)} from its first day",
        ),
        Kept(
            "What stays of a referral",
            "Of each that was more than an untouched draft: its reference, service, states and "
            "times, and who of the staff handled it, without the patient",
            open_,
            NO_LIMIT,
        ),
        Kept(
            "Audit trail",
            "Who of the staff saw or changed which referral, and when, by an id and a role. Nothing of the "
            "patient",
            open_,
            "For good: the software refuses to change or delete it",
        ),
    )


def _of_staff(open_: str) -> tuple[Kept, ...]:
    return (
        Kept(
            "Staff",
            "The name and role of whoever opened a referral's page, so that colleagues see who follows it up",
            open_,
            NO_LIMIT,
        ),
        Kept(
            "Cookie",
            "Says who is signed in; sealed against changes, and out of reach of scripts",
            "The browser",
            f"{SESSION_SECONDS // 3600} hours, or until signing out",
        ),
        Kept(
            "Log of faults",
            "That something happened, where in the software, and when. Never what was said, nor about whom",
            "Wherever this server's log goes",
            "As whoever runs the server has set",
        ),
    )


def _of_teams(teams: str) -> tuple[Kept, ...]:
    return (
        Kept(
            "Teams: messages",
            "That one was answered: a hash, no words",
            teams,
            _days(int(ACTIVITY_SECONDS // DAY)),
        ),
        Kept(
            "Teams: chats",
            "Where the chat with a member of staff is, and an id that stands for them",
            teams,
            "Until the app is removed from the chat; of a group or channel "
            f"{_days(int(KEEP_GROUPS_SECONDS // DAY))}",
        ),
        Kept(
            "Teams: cards",
            "Those of the consultation that is going on, and reminders about referrals",
            teams,
            f"As long as that consultation; a reminder {_days(int(KEEP_NUDGES_SECONDS // DAY))}",
        ),
        Kept(
            "Teams: the chat itself",
            "All that was typed there, as it was typed, and all answers",
            "With Microsoft, for the organisation whose Teams it is",
            "By that organisation's own rules, which this software neither knows nor can change",
        ),
    )


def _of_the_directory() -> tuple[Kept, ...]:
    return (
        Kept(
            "Notes of readers",
            "What somebody wrote with “something is wrong here” about a service; what could name somebody "
            "is taken out, as far as it is recognised",
            ON_THIS_SERVER,
            f"{_days(KEPT_DAYS)}",
        ),
        Kept(
            "Upkeep of the directory",
            "Which role confirmed, paused or approved an entry, and when",
            ON_THIS_SERVER,
            NO_LIMIT,
        ),
    )


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
