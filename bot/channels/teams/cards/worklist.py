"""The practice's worklist as a card: what is to be done, then what is under way. No patient is on it."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urljoin

from bot.channels.teams.cards.blocks import (
    MOST_ACTIONS,
    Block,
    Card,
    heading,
    line,
    open_url,
    run,
)
from bot.channels.teams.cards.referral import WORKLIST
from referrals.replies.following_up import ToDo
from referrals.worklist import WorkRow

# More would fill a phone several times over; the page has them all.
MOST_ROWS = 10


def worklist(todos: Sequence[ToDo], rows: Sequence[WorkRow], base_url: str) -> Card:
    """Return the card. `todos`: tasks, oldest first; `rows`: referrals that are not at an end."""
    body: list[Block] = [heading("Worklist")]
    if todos:
        body.append(line(run("To be done", bold=True), spacing="Medium"))
    for todo in todos[:MOST_ROWS]:
        told = f" {todo.service_name}. {todo.task.to_do}"
        body.append(line(run(todo.task.reference, bold=True), told))
    if rows:
        body.append(line(run("Under way", bold=True), spacing="Medium"))
    for row in rows[:MOST_ROWS]:
        days = "today" if row.days == 0 else f"{row.days} day{'s' if row.days > 1 else ''}"
        told = f" {row.service}. {row.state_words}, {days}. {row.waits_for}".rstrip()
        silent = " Nothing heard." if row.silent else ""
        body.append(line(run(row.reference, bold=True), told, run(silent, bold=True)))
    left = max(0, len(todos) - MOST_ROWS) + max(0, len(rows) - MOST_ROWS)
    if left:
        body.append(line(run(f"{left} more on the page.", subtle=True)))
    if not (todos or rows):
        body.append(line("Nothing is to be done, and no referral is under way."))
    references = dict.fromkeys(
        [todo.task.reference for todo in todos] + [row.reference for row in rows]
    )
    actions = [open_url("Open the worklist", urljoin(base_url, WORKLIST))]
    for reference in list(references)[: MOST_ACTIONS - 1]:
        actions.append(open_url(reference, urljoin(base_url, f"/referrals/{reference}")))
    text = f"Worklist: {len(todos)} to be done, {len(rows)} under way."
    return Card("worklist", body, text, "The worklist", actions)
