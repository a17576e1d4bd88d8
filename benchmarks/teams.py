"""Acknowledgements of the Teams channel under load; nothing lost, nothing answered twice: `make bench-teams`.

A fake connector posts activities at a steady pace, each of a person in a chat of their own, every tenth of
them delivered twice; it signs the token, and takes the answers. Measured is the time from posting to the
acknowledgement. Everything, the load too, runs on this machine. Arguments: activities a second, seconds.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
import uuid
from collections import Counter
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import aiohttp
from aiohttp import web

# So that the servers of the tests can be used from here.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot.channels.teams.bot import BUSY
from tests.conversations.server import start
from tests.teams.conftest import teams_environ
from tests.teams.fake_connector import TENANT, Connector
from tests.teams.people import Person, words

TEXTS = (
    "48F warehouse packer in Ashton, off sick 6 wks w low back pain",
    "help",
    "62M bus driver in Bury, angina, off sick 3 months",
    "summary",
    "24F Rochdale, anxious, out of work 2 years, wants a job",
)
TWICE = 10
LIMIT_MS = 50.0
DRAIN_SECONDS = 600.0


class LightConnector:
    """The connector's part as one small asynchronous server: a thread for each call would be the load."""

    def __init__(self) -> None:
        self.known = Connector()
        self.known.add_key("first")
        self.begun: Counter[str] = Counter()
        self.answered: Counter[str] = Counter()
        self.turned_away = 0

    async def run(self) -> web.AppRunner:
        """Listen on a free port."""
        app = web.Application()
        app.router.add_get("/openid", self._openid)
        app.router.add_get("/keys", self._keys)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        app.router.add_post("/v3/conversations/{chat}/activities", self._take)
        app.router.add_put("/v3/conversations/{chat}/activities/{id}", self._take)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.known.port = runner.addresses[0][1]
        return runner

    async def _openid(self, request: web.Request) -> web.Response:
        return web.json_response({"jwks_uri": f"{self.known.url}/keys"})

    async def _keys(self, request: web.Request) -> web.Response:
        return web.json_response(self.known.jwks())

    async def _token(self, request: web.Request) -> web.Response:
        return web.json_response({"access_token": "a", "expires_in": 3600})

    async def _take(self, request: web.Request) -> web.Response:
        activity: dict[str, Any] = await request.json()
        # Typing is shown once for each turn that is begun; a turn can be answered with several cards.
        counted = self.begun if activity["type"] == "typing" else self.answered
        counted[request.match_info["chat"]] += 1
        self.turned_away += BUSY in (
            words(card["content"]) for card in activity.get("attachments", ())
        )
        return web.json_response({"id": uuid.uuid4().hex}, status=201)


async def load(light: LightConnector, url: str, database: Path, rate: int, seconds: int) -> bool:
    """Post at that pace, wait for every answer, print what was seen; tell whether all was well."""
    times: list[float] = []
    statuses: Counter[int] = Counter()
    chats: list[Person] = []
    header = {"Authorization": light.known.bearer(), "Content-Type": "application/json"}

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as client:

        async def post(activity: dict[str, Any]) -> None:
            begun = time.perf_counter()
            async with client.post(f"{url}/api/messages", json=activity, headers=header) as answer:
                await answer.read()
                times.append((time.perf_counter() - begun) * 1000)
                statuses[answer.status] += 1

        begun = time.perf_counter()
        tasks = []
        for number in range(rate * seconds):
            due = begun + number / rate
            if (wait := due - time.perf_counter()) > 0:
                await asyncio.sleep(wait)
            person = Person(light.known, url, database, tenant=TENANT)
            chats.append(person)
            activity = person.activity(text=TEXTS[number % len(TEXTS)])
            tasks.append(asyncio.create_task(post(activity)))
            if number % TWICE == 0:
                tasks.append(asyncio.create_task(post(activity)))
        await asyncio.gather(*tasks)
        posted = time.perf_counter() - begun
        while not chats[0].settled() and time.perf_counter() - begun < DRAIN_SECONDS:
            await asyncio.sleep(0.2)
        drained = time.perf_counter() - begun

    settled = chats[0].settled()
    lost = sum(not light.answered[person.conversation] for person in chats)
    twice = sum(light.begun[person.conversation] > 1 for person in chats)
    ninety_fifth = quantiles(times, n=20)[-1]
    print(
        f"{len(chats)} activities in {posted:.0f} s ({len(chats) / posted:.1f}/s), {len(times)} posts"
    )
    print(
        f"acknowledged: median {median(times):.1f} ms, 95% {ninety_fifth:.1f} ms, most {max(times):.0f} ms"
    )
    print(
        f"statuses {dict(statuses)}; {'all' if settled else 'NOT all'} answered after {drained:.0f} s"
    )
    print(f"told to send it again, because too much waited: {light.turned_away}")
    print(f"lost {lost}, answered twice {twice}; load of this machine {os.getloadavg()[0]:.1f}")
    well = settled and not lost and not twice and set(statuses) == {202}
    return ninety_fifth < LIMIT_MS and well


async def measured(rate: int, seconds: int) -> bool:
    """Run it against a server of its own."""
    light = LightConnector()
    runner = await light.run()
    with tempfile.TemporaryDirectory() as folder:
        server = start(Path(folder), **teams_environ(light.known))
        try:
            await asyncio.to_thread(server.wait)
            return await load(light, server.url, server.var / "teams.db", rate, seconds)
        finally:
            server.stop()
            await runner.cleanup()


def main() -> int:
    """Print the figures; 1 where an activity was lost, answered twice, or acknowledged too slowly."""
    rate, seconds = [int(word) for word in sys.argv[1:]] or [50, 60]
    print(f"{rate} activities a second for {seconds} s, {os.cpu_count()} processors")
    return 0 if asyncio.run(measured(rate, seconds)) else 1


if __name__ == "__main__":
    sys.exit(main())
