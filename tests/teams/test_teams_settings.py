"""How a server is set up for Teams, the three kinds of bots, and keys when the network comes and goes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import aiohttp
import pytest
import pytest_asyncio

from bot.channels.teams.activities import Activity
from bot.channels.teams.configuration import TeamsSettings, safe_address, teams_settings
from bot.channels.teams.connector import LONGEST_WAIT, TRIES, ConnectorError, Place, pause
from bot.channels.teams.connector import Connector as Calls
from bot.channels.teams.credentials import Credentials, CredentialsError
from bot.channels.teams.signing_keys import KEEP_SECONDS, KeysUnavailable, SigningKeys
from bot.channels.teams.tokens import Refused, check
from bot.port import StartError
from bot.settings import settings
from tests.bot.light_server import light_server
from tests.teams.conftest import teams_environ
from tests.teams.fake_connector import APP_ID, SECRET, TENANT, Connector, running_connector
from tests.teams.people import Person

WRONG: dict[str, dict[str, str]] = {
    "an app id that is none": {"FINGERPOST_TEAMS_APP_ID": "x"},
    "an unknown type": {"FINGERPOST_TEAMS_APP_TYPE": "SingleTenant"},
    "no tenant": {"FINGERPOST_TEAMS_TENANT_ID": ""},
    "no secret": {"FINGERPOST_TEAMS_APP_PASSWORD": ""},
    "nobody to answer": {
        "FINGERPOST_TEAMS_APP_TYPE": "multi_tenant",
        "FINGERPOST_TEAMS_TENANT_ID": "",
    },
    "keys in the clear": {"FINGERPOST_TEAMS_OPENID": "http://far.example/openid"},
    "a login in the clear": {"FINGERPOST_TEAMS_LOGIN": "http://far.example"},
    "an unknown role": {"FINGERPOST_TEAMS_ROLES": "abc=surgeon"},
    "roles in another form": {"FINGERPOST_TEAMS_ROLES": "gp"},
    "anonymous and not": {"FINGERPOST_TEAMS_ANONYMOUS": "1"},
}


def found(connector: Connector, host: str = "127.0.0.1", **more: str) -> TeamsSettings:
    return teams_settings(settings(host), teams_environ(connector, **more))


@pytest.mark.parametrize("how", WRONG)
def test_a_wrong_setting_is_told_at_the_start(how: str, connector: Connector) -> None:
    with pytest.raises(StartError) as told:
        found(connector, **WRONG[how])
    assert "FINGERPOST_TEAMS_" in str(told.value)
    assert SECRET not in str(told.value)


def test_anonymous_is_for_this_machine_alone() -> None:
    environ = {"FINGERPOST_TEAMS_ANONYMOUS": "1"}
    assert teams_settings(settings("127.0.0.1"), environ).on
    with pytest.raises(StartError):
        teams_settings(settings("0.0.0.0"), environ)
    # A proxy before a loopback server lets others in as well.
    outside = {"FINGERPOST_BASE_URL": "https://fingerpost.example.nhs.uk"}
    with pytest.raises(StartError):
        teams_settings(settings(environ=outside), environ)


def test_without_settings_there_is_no_teams(tmp_path: Path) -> None:
    assert not teams_settings(settings(), {}).on
    with light_server(tmp_path) as url, running_connector() as connector:
        person = Person(connector, url, tmp_path / "teams.db")
        assert person.post(person.activity(text="help")).status_code == 404
    assert not (tmp_path / "teams.db").exists()


def test_secrets_are_in_no_representation(connector: Connector) -> None:
    assert SECRET not in repr(found(connector))


def test_roles_are_by_object_id(connector: Connector) -> None:
    told = found(connector, FINGERPOST_TEAMS_ROLES="ABC=nurse, *=link_worker")
    assert told.role_of("abc") == "nurse"
    assert told.role_of("def") == "link_worker"
    assert found(connector, FINGERPOST_TEAMS_ROLES="").role_of("abc") is None


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://smba.trafficmanager.net/uk/", True),
        ("http://127.0.0.1:5000", True),
        ("http://localhost/x", True),
        ("http://smba.trafficmanager.net", False),
        ("https://user:secret@example.org", False),
        ("ftp://example.org", False),
        ("https://", False),
        ("//example.org", False),
        ("https://[", False),
    ],
)
def test_where_our_token_may_be_sent(address: str, safe: bool) -> None:
    assert safe_address(address) is safe


# --- Our own token


@pytest_asyncio.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("single_tenant", f"/{TENANT}/oauth2/v2.0/token"),
        ("multi_tenant", "/botframework.com/oauth2/v2.0/token"),
    ],
)
async def test_a_secret_is_exchanged_at_the_right_place(
    kind: str, path: str, client: aiohttp.ClientSession
) -> None:
    with running_connector() as connector:
        how = found(connector, FINGERPOST_TEAMS_APP_TYPE=kind)
        credentials = Credentials(how, lambda: client)
        tokens = await asyncio.gather(*(credentials.token() for _ in range(5)))
        assert set(tokens) == {connector.token}
        [form] = connector.forms
        assert (form["path"], form["client_id"], form["client_secret"]) == (path, APP_ID, SECRET)


async def test_a_managed_identity_asks_the_machine(
    client: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_connector() as connector:
        monkeypatch.setenv("IDENTITY_ENDPOINT", f"{connector.url}/identity")
        monkeypatch.setenv("IDENTITY_HEADER", "of this machine")
        how = found(
            connector,
            FINGERPOST_TEAMS_APP_TYPE="managed_identity",
            FINGERPOST_TEAMS_APP_PASSWORD="",
        )
        assert await Credentials(how, lambda: client).token() == connector.token
        [(asked, headers)] = connector.identity_asked
        assert f"client_id={APP_ID}" in asked
        assert "resource=https://api.botframework.com" in unquote(asked)
        told = {name.lower(): value for name, value in headers.items()}
        assert told["x-identity-header"] == "of this machine"
        assert connector.forms == []


async def test_a_managed_identity_is_asked_for_past_any_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with running_connector() as connector:
        for name in ("NO_PROXY", "no_proxy", "http_proxy"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
        monkeypatch.setenv("IDENTITY_ENDPOINT", f"{connector.url}/identity")
        monkeypatch.setenv("IDENTITY_HEADER", "of this machine")
        how = found(
            connector,
            FINGERPOST_TEAMS_APP_TYPE="managed_identity",
            FINGERPOST_TEAMS_APP_PASSWORD="",
        )
        async with aiohttp.ClientSession(trust_env=True) as behind:
            assert await Credentials(how, lambda: behind).token() == connector.token


async def test_a_token_is_fetched_anew_before_it_ends(client: aiohttp.ClientSession) -> None:
    now = 0.0
    with running_connector() as connector:
        credentials = Credentials(found(connector), lambda: client, lambda: now)
        await credentials.token()
        now = 3200.0
        await credentials.token()
        assert len(connector.forms) == 1
        now = 3400.0
        await credentials.token()
        assert len(connector.forms) == 2


async def test_a_sign_in_service_that_is_away_is_told(client: aiohttp.ClientSession) -> None:
    with running_connector() as connector:
        how = found(connector)
    with pytest.raises(CredentialsError) as told:
        await Credentials(how, lambda: client).token()
    assert SECRET not in str(told.value)


# --- Microsoft's keys


async def test_keys_held_stay_good_without_the_network(client: aiohttp.ClientSession) -> None:
    now = 0.0
    with running_connector() as connector:
        keys = SigningKeys(f"{connector.url}/openid", lambda: client, lambda: now)
        connector.offline = True
        with pytest.raises(KeysUnavailable):
            await keys.find("first")
        connector.offline = False
        now = 10.0
        found_key = await keys.find("first")
        assert found_key is not None and "msteams" in found_key.endorsements
        connector.offline = True
        now += KEEP_SECONDS + 1
        assert await keys.find("first") == found_key


async def test_a_new_key_is_found_at_once_but_not_asked_for_all_day(
    client: aiohttp.ClientSession,
) -> None:
    now = 0.0
    with running_connector() as connector:
        keys = SigningKeys(f"{connector.url}/openid", lambda: client, lambda: now)
        await keys.find("first")
        connector.add_key("second")
        assert await keys.find("second") is None
        now = 61.0
        assert await keys.find("second") is not None
        for number in range(20):
            assert await keys.find(f"forged {number}") is None
        assert connector.key_lists == 2


async def test_who_has_a_key_does_not_wait_while_the_list_is_fetched(
    client: aiohttp.ClientSession,
) -> None:
    now = 0.0
    with running_connector() as connector:
        keys = SigningKeys(f"{connector.url}/openid", lambda: client, lambda: now)
        held = await keys.find("first")
        now = KEEP_SECONDS + 1
        async with keys._lock:
            assert await asyncio.wait_for(keys.find("first"), 5) == held


async def test_without_any_key_the_answer_is_to_come_again(client: aiohttp.ClientSession) -> None:
    with running_connector() as connector:
        connector.offline = True
        keys = SigningKeys(f"{connector.url}/openid", lambda: client)
        activity = Activity("message", "1", "msteams", connector.url, "a", tenant_id=TENANT)
        with pytest.raises(Refused) as refused:
            await check(connector.bearer(), activity, found(connector), keys)
        assert refused.value.status == 503
        connector.offline = False
        with pytest.raises(Refused) as refused:
            await check("Bearer x", activity, found(connector), keys)
        assert refused.value.status == 401


async def test_anonymous_sends_nowhere_else() -> None:
    how = teams_settings(settings(), {"FINGERPOST_TEAMS_ANONYMOUS": "1"})
    keys = SigningKeys("http://127.0.0.1:1/", lambda: pytest.fail("no keys are needed"))
    for address in ("https://evil.example", "http://evil.example"):
        activity = Activity("message", "1", "emulator", address, "a")
        with pytest.raises(Refused):
            await check("", activity, how, keys)
    await check("", Activity("message", "1", "emulator", "http://localhost:1/", "a"), how, keys)


# --- The connector's bad days


async def test_a_sign_in_service_that_stumbles_is_asked_again(
    client: aiohttp.ClientSession,
) -> None:
    class Stumbling(Credentials):
        left = 2

        async def _ask(self) -> dict[str, Any]:
            self.left -= 1
            if self.left >= 0:
                raise CredentialsError("The sign-in service refused us (503).", for_now=True)
            return await super()._ask()

    async def sleep(seconds: float) -> None:
        pass

    with running_connector() as connector:
        how = found(connector)
        calls = Calls(how, lambda: client, Stumbling(how, lambda: client), sleep)
        assert await calls.send(Place(connector.url, "a"), {"type": "message"})
        assert len(connector.sent) == 1


async def test_a_secret_that_is_refused_is_not_offered_again(client: aiohttp.ClientSession) -> None:
    asked = []

    class Refusing(Credentials):
        async def _ask(self) -> dict[str, Any]:
            asked.append(1)
            raise CredentialsError("The sign-in service refused us (401).")

    with running_connector() as connector:
        how = found(connector)
        calls = Calls(how, lambda: client, Refusing(how, lambda: client))
        with pytest.raises(ConnectorError):
            await calls.send(Place(connector.url, "a"), {"type": "message"})
    assert len(asked) == 1


@pytest.mark.parametrize("told", ["soon", [], {}, None])
async def test_a_token_of_unknown_age_is_used_once(
    told: object, client: aiohttp.ClientSession
) -> None:
    class Odd(Credentials):
        async def _ask(self) -> dict[str, Any]:
            return {"access_token": "a", "expires_in": told}

    with running_connector() as connector:
        assert await Odd(found(connector), lambda: client).token() == "a"


async def test_it_gives_up_after_some_tries(client: aiohttp.ClientSession) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    with running_connector() as connector:
        how = found(connector)
        calls = Calls(how, lambda: client, Credentials(how, lambda: client), sleep)
        connector.failures = [(503, {})] * 20
        with pytest.raises(ConnectorError):
            await calls.send(Place(connector.url, "a"), {"type": "message"})
        assert len(waits) == TRIES - 1
        assert waits[-1] > waits[0]
        connector.failures = []


async def test_a_connector_that_is_not_there_is_tried_again() -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    with running_connector() as connector:
        how = found(connector)
        async with aiohttp.ClientSession() as client:
            credentials = Credentials(how, lambda: client)
            await credentials.token()
            calls = Calls(how, lambda: client, credentials, sleep)
            with pytest.raises(ConnectorError):
                await calls.send(Place("http://127.0.0.1:9", "a"), {"type": "message"})
            with pytest.raises(ConnectorError):
                await calls.send(Place("http://far.example", "a"), {"type": "message"})
    assert len(waits) == TRIES - 1


def test_how_long_it_waits() -> None:
    assert pause(1, "7") == 7
    assert pause(1, "4000") == LONGEST_WAIT
    for attempt in range(1, 12):
        assert 0 < pause(attempt, "Wed, 21 Oct 2026 07:28:00 GMT") <= LONGEST_WAIT
