"""Who is signed in: on this machine, behind a proxy, and with a real OpenID Connect provider over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from joserfc.jwk import RSAKey

from bot.channels.rest import admitted
from bot.port import StartError
from bot.settings import settings
from bot.sign_in.configuration import check_binding, sign_in_settings
from bot.sign_in.routes import local_path
from bot.sign_in.user import user_id
from bot.sign_in.vouched import user_from_claims, user_from_headers
from cli.main import main
from tests.bot.light_server import light_server
from tests.bot.oidc_provider import CLIENT_ID, CLIENT_SECRET, OidcProvider, provider

PROXY = {"FINGERPOST_SIGN_IN": "proxy", "FINGERPOST_SIGN_IN_PROXIES": "127.0.0.1, 10.1.0.0/16"}
OIDC = {
    "FINGERPOST_SIGN_IN": "oidc",
    "FINGERPOST_OIDC_ISSUER": "https://id.example",
    "FINGERPOST_OIDC_CLIENT_ID": "fingerpost",
}


# --- Settings


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"FINGERPOST_SIGN_IN": "ldap"}, "one of none, proxy, oidc"),
        ({"FINGERPOST_SIGN_IN": "proxy"}, "FINGERPOST_SIGN_IN_PROXIES"),
        ({**PROXY, "FINGERPOST_SIGN_IN_PROXIES": "proxy.example"}, "no address or network"),
        ({**PROXY, "FINGERPOST_SIGN_IN_ROLES": "GP=doctor"}, "a role is one of gp, nurse"),
        ({**PROXY, "FINGERPOST_SIGN_IN_ROLES": "GP"}, "word=word"),
        ({**PROXY, "FINGERPOST_SIGN_IN_FIELDS": "group=X-Group"}, "id, name, role and practice"),
        ({"FINGERPOST_SIGN_IN": "oidc"}, "FINGERPOST_OIDC_ISSUER and FINGERPOST_OIDC_CLIENT_ID"),
        ({**OIDC, "FINGERPOST_OIDC_ISSUER": "http://id.example"}, "begin with https://"),
    ],
)
def test_what_is_missing_is_said(environ: dict[str, str], told: str) -> None:
    with pytest.raises(StartError, match=told.replace("(", r"\(")):
        sign_in_settings(environ)


@pytest.mark.parametrize(
    ("host", "environ", "starts"),
    [
        ("127.0.0.1", {}, True),
        ("::1", {}, True),
        ("0.0.0.0", {}, False),
        ("10.0.0.7", {}, False),
        ("0.0.0.0", PROXY, True),
        ("0.0.0.0", OIDC, True),
    ],
)
def test_nobody_elsewhere_gets_in_unless_sign_in_is_set_up(
    host: str, environ: dict[str, str], starts: bool
) -> None:
    found = sign_in_settings(environ)
    if starts:
        check_binding(settings(host, environ={}), found)
        return
    with pytest.raises(StartError, match="Set FINGERPOST_SIGN_IN to proxy or oidc"):
        check_binding(settings(host, environ={}), found)


def test_the_command_refuses_and_says_what_to_set(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FINGERPOST_SIGN_IN", raising=False)
    assert main(["up", "--host", "0.0.0.0", "--port", "0"]) == 1
    assert "FINGERPOST_SIGN_IN" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("/?as_of=2026-11-22", "/?as_of=2026-11-22"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/a b", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
        (None, "/"),
    ],
)
def test_nobody_is_led_elsewhere_after_signing_in(given: str | None, path: str) -> None:
    assert local_path(given) == path


# --- What somebody else vouches for


@pytest.mark.parametrize(
    ("roles", "words", "role"),
    [
        ("", "gp", "gp"),
        ("", "Nurse, other", "nurse"),
        ("GP Partners=gp, Admin=maintainer", "Admin,GP Partners", "gp"),
        ("Admin=maintainer", "Admin", "maintainer"),
        ("", "doctor", None),
        ("", "", None),
    ],
)
def test_roles_are_translated(roles: str, words: str, role: str | None) -> None:
    found = sign_in_settings({**PROXY, "FINGERPOST_SIGN_IN_ROLES": roles})
    headers = {"x-forwarded-user": "ann", "x-forwarded-groups": words}
    user = user_from_headers(found, "10.1.2.3", headers, "Y99999")
    assert (user and user.role) == role


@pytest.mark.parametrize("peer", ["10.2.0.1", "192.168.0.1", "", "unknown"])
def test_identity_headers_from_elsewhere_are_not_believed(peer: str) -> None:
    headers = {"x-forwarded-user": "ann", "x-forwarded-groups": "gp"}
    assert user_from_headers(sign_in_settings(PROXY), peer, headers, "Y99999") is None


def test_a_user_is_known_by_an_id_that_is_no_name_and_stays() -> None:
    found = sign_in_settings({**OIDC, "FINGERPOST_SIGN_IN_FIELDS": "role=groups"})
    claims = {"sub": "ann@practice.example", "groups": ["staff", "gp"], "practice": "A12345"}
    user = user_from_claims(found, claims, "Y99999")
    assert user and user.practice == "A12345" and user.role == "gp" and not user.demo
    assert "ann" not in user.id and user.id == user_id("https://id.example", "ann@practice.example")
    assert user_id("https://other.example", "ann@practice.example") != user.id


# --- On this machine


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with light_server(Path(tmp_path_factory.mktemp("here"))) as url:
        yield url


def test_the_demo_user_may_rehearse_another_role(here: str) -> None:
    browser = requests.Session()
    who = browser.get(f"{here}/sign-in/who.json", timeout=10).json()
    assert who == {
        "mode": "none", "sign_in": "/sign-in", "name": "Demo GP", "role": "gp", "demo": True,
    }  # fmt: skip
    assert "rehearse another role" in browser.get(f"{here}/sign-in", timeout=10).text
    chosen = browser.post(
        f"{here}/sign-in/demo",
        {"role": "nurse", "then": "/sign-in"},
        headers={"Origin": here},
        timeout=10,
    )
    assert "Demo practice nurse" in chosen.text
    cookie = next(iter(browser.cookies))
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "Lax"
    # A cookie that was tampered with is none.
    browser.cookies.set(cookie.name, str(cookie.value)[:-2] + "xx", domain=cookie.domain, path="/")
    assert browser.get(f"{here}/sign-in/who.json", timeout=10).json()["role"] == "gp"


@pytest.mark.parametrize("headers", [{"Origin": ""}, {"Origin": "https://evil.example"}])
def test_another_website_chooses_no_role_and_signs_nobody_out(
    here: str, headers: dict[str, str]
) -> None:
    for path in ("/sign-in/demo", "/sign-out"):
        answer = requests.post(f"{here}{path}", {"role": "gp"}, headers=headers, timeout=10)
        assert answer.status_code == 403 and not answer.cookies


def test_what_a_proxy_passes_on_is_nobody_here(here: str) -> None:
    for headers in ({"X-Forwarded-For": "10.0.0.1"}, {"X-Forwarded-User": "ann", "Via": "1.1 p"}):
        who = requests.get(f"{here}/sign-in/who.json", headers=headers, timeout=10)
        assert who.status_code == 401 and "name" not in who.json()


# --- Behind a proxy


def test_a_proxys_word_is_taken(tmp_path: Path) -> None:
    with light_server(tmp_path, **PROXY, FINGERPOST_SIGN_OUT_URL="/oauth2/sign_out") as url:
        headers = {
            "X-Forwarded-User": "0a1b",
            "X-Forwarded-Preferred-Username": "Dr Ann Invented",
            "X-Forwarded-Groups": "gp",
        }
        who = requests.get(f"{url}/sign-in/who.json", headers=headers, timeout=10)
        assert who.status_code == 200 and who.json()["name"] == "Dr Ann Invented"
        assert requests.get(f"{url}/sign-in/who.json", timeout=10).status_code == 401
        assert "Sign in at your organisation" in requests.get(f"{url}/sign-in", timeout=10).text
        # A GP is no maintainer, and there is no demo user.
        assert requests.get(f"{url}/maintain/", headers=headers, timeout=10).status_code == 403
        assert requests.get(f"{url}/maintain/", timeout=10).status_code == 403
        headers["X-Forwarded-Groups"] = "maintainer"
        assert requests.get(f"{url}/maintain/", headers=headers, timeout=10).status_code == 200
        out = requests.post(
            f"{url}/sign-out", headers={"Origin": url}, timeout=10, allow_redirects=False
        )
        assert out.headers["Location"] == "/oauth2/sign_out"


# --- OpenID Connect


@dataclass
class Place:
    """Our server and the provider it sends people to."""

    url: str
    provider: OidcProvider

    def who(self, browser: requests.Session) -> requests.Response:
        return browser.get(f"{self.url}/sign-in/who.json", timeout=10)


@pytest.fixture(scope="module")
def _signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with provider() as running:
        environ = {
            **OIDC,
            "FINGERPOST_OIDC_ISSUER": running.issuer,
            "FINGERPOST_OIDC_CLIENT_ID": CLIENT_ID,
            "FINGERPOST_OIDC_CLIENT_SECRET": CLIENT_SECRET,
        }
        with light_server(Path(tmp_path_factory.mktemp("oidc")), **environ) as url:
            yield Place(url, running)


@pytest.fixture
def place(_signed: Place) -> Place:
    _signed.provider.twist = ""
    _signed.provider.claims = {"sub": "77", "name": "Dr Ann Invented", "roles": ["gp"]}
    return _signed


def test_signing_in_and_out(place: Place) -> None:
    browser = requests.Session()
    assert place.who(browser).status_code == 401
    page = browser.get(f"{place.url}/sign-in?then=/sign-in/who.json", timeout=10)
    assert page.json() == {
        "mode": "oidc", "sign_in": "/sign-in", "name": "Dr Ann Invented", "role": "gp", "demo": False,
    }  # fmt: skip
    # Signed in, the page says so; asked to prove it again, the provider is told to.
    assert "You are Dr Ann Invented" in browser.get(f"{place.url}/sign-in", timeout=10).text
    browser.get(f"{place.url}/sign-in?again=1&then=/sign-in/who.json", timeout=10)
    assert place.provider.prompts[-2:] == ["", "login"]
    out = browser.post(
        f"{place.url}/sign-out", headers={"Origin": place.url}, timeout=10, allow_redirects=False
    )
    assert out.headers["Location"].startswith(
        f"{place.provider.issuer}/logout?client_id=fingerpost"
    )
    assert place.who(browser).status_code == 401


@pytest.mark.parametrize(
    "twist",
    [
        *("refuse", "state", "nonce", "issuer", "audience", "expired", "signature"),
        "shared secret",
    ],
)
def test_a_sign_in_that_does_not_hold_lets_nobody_in(place: Place, twist: str) -> None:
    place.provider.twist = twist
    browser = requests.Session()
    page = browser.get(f"{place.url}/sign-in", timeout=10)
    assert page.status_code == 403 and "Not signed in" in page.text
    assert place.who(browser).status_code == 401


def test_a_sign_in_begun_in_another_browser_is_refused(place: Place) -> None:
    victim, attacker = requests.Session(), requests.Session()
    begun = attacker.get(f"{place.url}/sign-in", timeout=10, allow_redirects=False)
    back = attacker.get(begun.headers["Location"], timeout=10, allow_redirects=False)
    assert victim.get(back.headers["Location"], timeout=10).status_code == 403
    assert attacker.get(back.headers["Location"], timeout=10, allow_redirects=False).is_redirect
    # A code counts once.
    assert attacker.get(back.headers["Location"], timeout=10).status_code == 403


def test_a_known_person_without_a_role_is_told(place: Place) -> None:
    place.provider.claims = {"sub": "78", "roles": ["caretaker"]}
    page = requests.get(f"{place.url}/sign-in", timeout=10)
    assert page.status_code == 403 and "have no role here" in page.text


def test_keys_that_the_provider_changed_are_read_again(place: Place) -> None:
    assert requests.get(f"{place.url}/sign-in?then=/health", timeout=10).status_code != 403
    place.provider.key = RSAKey.generate_key(2048, {"kid": "two"})
    assert requests.get(f"{place.url}/sign-in?then=/health", timeout=10).status_code != 403


# --- The plain REST channel


@pytest.mark.parametrize(
    ("peer", "headers", "token", "let_in"),
    [
        ("127.0.0.1", {"host": "127.0.0.1:5005"}, "", True),
        ("::1", {"host": "localhost"}, "", True),
        ("10.0.0.1", {"host": "127.0.0.1"}, "", False),
        ("127.0.0.1", {"host": "practice.example"}, "", False),
        ("127.0.0.1", {"host": "127.0.0.1", "x-forwarded-for": "10.0.0.1"}, "", False),
        ("10.0.0.1", {"host": "practice.example", "authorization": "Bearer abc"}, "abc", True),
        ("10.0.0.1", {"host": "practice.example", "authorization": "Bearer abd"}, "abc", False),
        ("127.0.0.1", {"host": "127.0.0.1"}, "abc", False),
        ("127.0.0.1", {"host": "127.0.0.1", "authorization": "Bearer é"}, "abc", False),
    ],
)
def test_scripts_are_of_this_machine_or_bring_the_token(
    peer: str, headers: dict[str, str], token: str, let_in: bool
) -> None:
    assert admitted(peer, headers, token) is let_in
