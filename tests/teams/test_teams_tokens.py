"""Whose activities are believed: Microsoft's own, for this bot and these tenants, and nobody else's."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.conversations.server import Server
from tests.teams.fake_connector import APP_ID, ISSUER, Connector
from tests.teams.people import Person

ELSEWHERE = "https://evil.example"


def _part(raw: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(raw).encode()).rstrip(b"=").decode()


def _claims(connector: Connector) -> dict[str, Any]:
    exp = int(time.time()) + 3600
    return {"iss": ISSUER, "aud": APP_ID, "serviceurl": connector.url, "exp": exp}


def unsigned(connector: Connector) -> str:
    header = {"alg": "none", "typ": "JWT", "kid": "first"}
    return f"Bearer {_part(header)}.{_part(_claims(connector))}."


def signed_with_the_public_key(connector: Connector) -> str:
    """The old trick: the published key as the secret of an HS256 token."""
    pem = connector.public("first").public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    header = {"alg": "HS256", "typ": "JWT", "kid": "first"}
    body = f"{_part(header)}.{_part(_claims(connector))}"
    mark = hmac.new(pem, body.encode(), hashlib.sha256).digest()
    return f"Bearer {body}.{base64.urlsafe_b64encode(mark).rstrip(b'=').decode()}"


def by_another_key(connector: Connector) -> str:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return connector.bearer("first", key=other)


def by_an_elliptic_curve(connector: Connector) -> str:
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    token = jwt.encode(_claims(connector), key, algorithm="ES256", headers={"kid": "first"})
    return f"Bearer {token}"


HOSTILE: dict[str, Callable[[Connector], str]] = {
    "no token": lambda c: "",
    "no scheme": lambda c: c.bearer().split(" ")[1],
    "not a token": lambda c: "Bearer a.b.c",
    "bytes": lambda c: "Bearer \x7f\x01",
    "very long": lambda c: "Bearer " + "a" * 5_000,
    "alg none": unsigned,
    "HS256 with the public key": signed_with_the_public_key,
    "ES256": by_an_elliptic_curve,
    "wrong key": by_another_key,
    "expired": lambda c: c.bearer(exp=int(time.time()) - 301),
    "never expires": lambda c: c.bearer(exp=None),
    "not yet": lambda c: c.bearer(nbf=int(time.time()) + 400),
    "wrong audience": lambda c: c.bearer(aud="11111111-1111-4111-8111-111111111111"),
    "no audience": lambda c: c.bearer(aud=None),
    "wrong issuer": lambda c: c.bearer(iss="https://sts.windows.net/x/"),
    "no issuer": lambda c: c.bearer(iss=None),
    "mismatched serviceurl": lambda c: c.bearer(serviceurl=ELSEWHERE),
    "no serviceurl": lambda c: c.bearer(serviceurl=None),
}


@pytest.mark.parametrize("how", HOSTILE)
def test_a_token_that_does_not_hold_is_refused(
    how: str, nurse: Person, connector: Connector
) -> None:
    before = len(connector.sent)
    header = HOSTILE[how](connector).encode("latin-1")
    answer = nurse.post(nurse.activity(text="48F, off sick, Oldham"), header)  # type: ignore[arg-type]
    assert answer.status_code == 401, answer.text
    assert len(connector.sent) == before


def test_five_minutes_of_leeway(nurse: Person, connector: Connector) -> None:
    late = connector.bearer(exp=int(time.time()) - 240)
    assert nurse.post(nurse.activity(text="help"), late).status_code == 202
    nurse.wait()


def test_a_service_url_in_body_and_token_alike_must_be_safe(
    nurse: Person, connector: Connector
) -> None:
    """Even a token of Microsoft's does not get ours sent in the clear."""
    activity = nurse.activity(text="help", serviceUrl="http://far.example/")
    token = connector.bearer(serviceurl="http://far.example/")
    assert nurse.post(activity, token).status_code == 401


def test_another_tenant_is_refused(somebody: Callable[..., Person]) -> None:
    stranger = somebody(tenant="bbbbbbbb-0000-4ccc-8ddd-eeee00001111")
    assert stranger.post(stranger.activity(text="help")).status_code == 403


def test_every_tenant_that_is_named_must_be_known(nurse: Person) -> None:
    other = {"tenant": {"id": "bbbbbbbb-0000-4ccc-8ddd-eeee00001111"}}
    assert nurse.post(nurse.activity(text="help", channelData=other)).status_code == 403
    nowhere = nurse.activity(text="help", channelData={})
    del nowhere["conversation"]["tenantId"]
    assert nurse.post(nowhere).status_code == 403


def test_a_key_must_be_endorsed_for_the_channel(nurse: Person, connector: Connector) -> None:
    connector.add_key("for others", ["webchat"])
    try:
        # Fetched anew for the unknown id, unless that was done a moment ago.
        answer = nurse.post(nurse.activity(text="help"), connector.bearer("for others"))
        assert answer.status_code in (401, 403)
        other = nurse.activity(text="help", channelId="webchat")
        assert nurse.post(other).status_code == 403
    finally:
        del connector.keys["for others"]


def test_unknown_key_ids_do_not_make_us_ask_all_day(nurse: Person, connector: Connector) -> None:
    nurse.say("help")
    before = connector.key_lists
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    for number in range(5):
        token = connector.bearer(f"unknown {number}", key=key)
        assert nurse.post(nurse.activity(text="help"), token).status_code == 401
    assert connector.key_lists <= before + 1


def test_our_token_goes_to_the_connector_and_is_asked_for_once(
    nurse: Person, connector: Connector
) -> None:
    nurse.say("help")
    asked = len(connector.forms)
    nurse.say("help")
    assert {one.authorization for one in connector.sent} == {f"Bearer {connector.token}"}
    assert len(connector.forms) == asked
    assert connector.forms[0]["grant_type"] == "client_credentials"
    assert connector.forms[0]["scope"] == "https://api.botframework.com/.default"


def test_nothing_was_called_but_this_machine(nurse: Person, teams_server: Server) -> None:
    from tests.conversations.server import loopback_only

    nurse.say("help")
    assert loopback_only(teams_server.calls)
