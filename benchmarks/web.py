"""The page beside two chat widgets from npm, in the same browser, with the same bot: `make bench-web`.

Weight, time until something can be typed (cold: a fresh profile; warm: loaded again), from Enter to the
answer on the screen, and memory after 200 messages. deep-chat and botframework-webchat are fetched with npm
into var/npm, once, and never become part of the product. One plain server of this script holds the files of
all three, as a reverse proxy would, and passes everything else on to the bot, so that each pays the same way.
Argument: how many messages of the long consultation (default 200). Needs Chromium and npm.
"""

from __future__ import annotations

import http.client
import mimetypes
import os
import subprocess
import sys
import tarfile
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from statistics import median, quantiles

# So that the server and browser of the tests can be used from here.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.widget import OPENING, launch
from tests.conversations.server import ROOT, Server, start

CACHE = ROOT / "var" / "npm" / "bench-web"
LOADS, SENDS = 11, 40

DEEP_CHAT = """<!doctype html><meta charset="utf-8"><title>deep-chat</title>
<script type="module" src="/peers/deepChat.bundle.js"></script>
<body><deep-chat style="width: 1000px; height: 700px"></deep-chat>
<script type="module">
document.querySelector("deep-chat").connect = { handler: async (body, signals) => {
  const text = body.messages.at(-1).text;
  const answer = await fetch("/webhooks/rest/webhook", {
    method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ sender: SENDER, message: text }),
  });
  signals.onResponse({ text: (await answer.json()).map((one) => one.text).join("\\n\\n") });
} };
</script>""".replace("SENDER", "(globalThis.sender ??= crypto.randomUUID())")

WEBCHAT = """<!doctype html><meta charset="utf-8"><title>botframework-webchat</title>
<script src="/peers/webchat-minimal.js"></script>
<body><div id="chat" style="width: 1000px; height: 700px"></div>
<script>
const sender = crypto.randomUUID();
const subject = (last) => {
  const all = new Set();
  return {
    subscribe(observer) {
      all.add(observer);
      if (last !== undefined) observer.next(last);
      return { unsubscribe: () => all.delete(observer) };
    },
    next: (value) => all.forEach((one) => one.next(value)),
  };
};
const activity$ = subject();
let count = 0;
const show = (activity) =>
  activity$.next({ id: `a${++count}`, timestamp: new Date().toISOString(), ...activity });
const directLine = {
  activity$,
  connectionStatus$: subject(2),
  end() {},
  postActivity: (activity) => ({
    subscribe(observer) {
      const id = `p${++count}`;
      observer.next(id);
      observer.complete?.();
      show({ ...activity, id });
      if (activity.type !== "message") return { unsubscribe() {} };
      fetch("/webhooks/rest/webhook", {
        method: "POST", headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ sender, message: activity.text }),
      }).then((answer) => answer.json()).then((list) => {
        for (const { text } of list) show({ type: "message", from: { id: "bot", role: "bot" }, text });
      });
      return { unsubscribe() {} };
    },
  }),
};
WebChat.renderWebChat({ directLine, userID: "gp" }, document.getElementById("chat"));
</script>"""

# Runs before the page's own scripts: notes when its input can be typed in, and waits for words.
WATCH = """
const inputOf = () => document.querySelector('fingerpost-chat')?.shadowRoot
    ?.querySelector('.app:not([hidden]) textarea')
  ?? document.querySelector('deep-chat')?.shadowRoot?.querySelector('#text-input')
  ?? document.querySelector('[data-id=webchat-sendbox-input]');
const look = () => {
  const input = inputOf();
  if (input?.getClientRects().length && !input.disabled) globalThis.usableAt = performance.now();
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
globalThis.words = () => (document.querySelector('fingerpost-chat, deep-chat')?.shadowRoot
  ?? document.querySelector('#chat')).textContent;
addEventListener('keydown', ({ key }) => {
  if (key === 'Enter') globalThis.enteredAt = performance.now();
}, true);
globalThis.shown = (words) => new Promise((done, fail) => {
  const late = performance.now() + 20000;
  const wait = () => globalThis.words().includes(words)
    ? requestAnimationFrame(() => done(performance.now() - globalThis.enteredAt))
    : performance.now() > late ? fail(new Error(`never shown: ${words}`)) : requestAnimationFrame(wait);
  wait();
});
"""


@dataclass(frozen=True)
class Subject:
    """One widget: its name, its page's address, and where one types."""

    name: str
    path: str
    input: str


SUBJECTS = (
    Subject("fingerpost-chat", "/", "fingerpost-chat textarea"),
    Subject("deep-chat 2.4.2", "/peers/deep-chat.html", "deep-chat #text-input"),
    Subject(
        "botframework-webchat 4.18.1 (minimal)",
        "/peers/webchat.html",
        "[data-id=webchat-sendbox-input]",
    ),
)


def peers() -> dict[str, bytes]:
    """Return the files that the peers' pages load, fetched from npm where they are not yet."""
    CACHE.mkdir(parents=True, exist_ok=True)
    files = {
        "/peers/deep-chat.html": DEEP_CHAT.encode(),
        "/peers/webchat.html": WEBCHAT.encode(),
    }
    for package, name in (
        ("deep-chat@2.4.2", "deepChat.bundle.js"),
        ("botframework-webchat@4.18.1", "webchat-minimal.js"),
    ):
        kept = CACHE / name
        if not kept.exists():
            with tempfile.TemporaryDirectory() as folder:
                command = ["npm", "pack", "--silent", package]
                subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
                [archive] = Path(folder).glob("*.tgz")
                with tarfile.open(archive) as packed:
                    found = packed.extractfile(f"package/dist/{name}")
                    assert found is not None, name
                    kept.write_bytes(found.read())
        files[f"/peers/{name}"] = kept.read_bytes()
    return files


@contextmanager
def front(bot: Server) -> Iterator[str]:
    """Serve the peers' files, and pass everything else on to the bot, unchanged."""
    files = peers()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            held = files.get(self.path.split("?")[0])
            if held is None:
                return self.pass_on()
            kind = mimetypes.guess_type(self.path)[0] or "text/plain"
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(held)))
            # As a content network would: warm loads take them from the browser's cache.
            self.send_header("Cache-Control", "max-age=3600")
            self.end_headers()
            self.wfile.write(held)

        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            # One of its own for each request: the bot closes those that lie idle.
            onward = http.client.HTTPConnection("127.0.0.1", bot.port, timeout=60)
            onward.request(self.command, self.path, body, dict(self.headers.items()))
            answer = onward.getresponse()
            data = answer.read()
            onward.close()
            if "immutable" in answer.getheader("Cache-Control", ""):
                # As the peers' files: from now on it is held here.
                files[self.path] = data
            self.send_response(answer.status)
            for key, value in answer.getheaders():
                if key.lower() not in (
                    "connection",
                    "keep-alive",
                    "content-length",
                    "date",
                    "server",
                ):
                    self.send_header(key, value)
            self.send_header("Content-Length", str(len(data)))
            # A page that was left does not wait for its answer.
            with suppress(BrokenPipeError, ConnectionResetError):
                self.end_headers()
                self.wfile.write(data)

        do_POST = pass_on

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()


def opened(page: Page, url: str, subject: Subject) -> float:
    """Load the page; return the milliseconds until one can type."""
    page.goto(f"{url}{subject.path}")
    page.wait_for_function("() => globalThis.usableAt")
    return float(page.evaluate("globalThis.usableAt"))


def loads(browser: Browser, url: str) -> dict[str, tuple[int, float, float]]:
    """Return by name the weight in bytes, and the median milliseconds of cold and warm loads.

    The subjects take turns, so that whatever else the machine does meets all of them alike.
    """
    weights: dict[str, int] = {}
    cold: dict[str, list[float]] = {one.name: [] for one in SUBJECTS}
    warm: dict[str, list[float]] = {one.name: [] for one in SUBJECTS}
    for _, subject in product(range(LOADS), SUBJECTS):
        context = browser.new_context()
        page = context.new_page()
        page.add_init_script(WATCH)
        cold[subject.name].append(opened(page, url, subject))
        page.wait_for_timeout(300)
        weights[subject.name] = page.evaluate(
            """() => performance.getEntries().filter((one) => 'decodedBodySize' in one)
              .filter((one, n, all) => !['fetch', 'xmlhttprequest'].includes(one.initiatorType)
                && all.findIndex((other) => other.name === one.name) === n)
              .reduce((sum, one) => sum + one.decodedBodySize, 0)"""
        )
        warm[subject.name].append(opened(page, url, subject))
        context.close()
    return {name: (weights[name], median(cold[name]), median(warm[name])) for name in weights}


class Talk:
    """One widget in a tab of its own. `times`: milliseconds from Enter to the answer."""

    def __init__(self, browser: Browser, url: str, subject: Subject) -> None:
        self.subject = subject
        self.times: list[float] = []
        self.context = browser.new_context(viewport={"width": 1100, "height": 850})
        self.page = self.context.new_page()
        self.page.add_init_script(WATCH)
        self.page.set_default_timeout(20_000)
        opened(self.page, url, subject)

    def say(self, text: str, words: str) -> float:
        """Send a message; return the milliseconds until those words of the answer are shown."""
        # Some take nothing while they still draw the last answer.
        self.page.wait_for_timeout(100)
        self.page.locator(self.subject.input).focus()
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Enter")
        return float(self.page.evaluate("(words) => globalThis.shown(words)", words))

    def memory(self) -> dict[str, float]:
        """Return Chromium's figures of the page's memory, after what is held by nobody has gone."""
        cdp = self.context.new_cdp_session(self.page)
        cdp.send("HeapProfiler.collectGarbage")
        cdp.send("Performance.enable")
        return {one["name"]: one["value"] for one in cdp.send("Performance.getMetrics")["metrics"]}


def talks(browser: Browser, url: str, messages: int) -> dict[str, dict[str, float]]:
    """Return by name milliseconds from Enter to the answer, and memory after a long consultation.

    The subjects take turns with each message.
    """
    held = [Talk(browser, url, subject) for subject in SUBJECTS]
    for talk in held:
        talk.say(OPENING, "What does the patient want")
    for n, talk in product(range(messages - 1), held):
        # Each answer names what it was asked; beyond the first, an earlier one may be taken for it.
        took = talk.say(f"change age to {20 + n % SENDS}", f"age {20 + n % SENDS}")
        if n < SENDS:
            talk.times.append(took)
    found = {}
    for talk in held:
        memory = talk.memory()
        found[talk.subject.name] = {
            "p50": median(talk.times),
            "p95": quantiles(talk.times, n=20)[-1],
            "heap": memory["JSHeapUsedSize"] / 1e6,
            "nodes": memory["Nodes"],
        }
        talk.context.close()
    return found


def main() -> int:
    """Print a table."""
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as var:
        bot = start(Path(var), FINGERPOST_MESSAGES_PER_MINUTE="100000")
        try:
            bot.wait()
            with front(bot) as url, sync_playwright() as playwright:
                browser = launch(playwright)
                loaded = loads(browser, url)
                talked = talks(browser, url, messages)
                rows = [(name, *loaded[name], talked[name]) for name in loaded]
                print(f"Chromium {browser.version}, load average {os.getloadavg()[0]:.1f}\n")
                browser.close()
        finally:
            bot.stop()
    print(
        f"| widget | weight, kB | input cold, ms | warm, ms | answer p50, ms | p95, ms "
        f"| heap after {messages} messages, MB | DOM nodes |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, weight, cold, warm, talk in rows:
        print(
            f"| {name} | {weight / 1000:.0f} | {cold:.0f} | {warm:.0f} | {talk['p50']:.0f} "
            f"| {talk['p95']:.0f} | {talk['heap']:.1f} | {talk['nodes']:.0f} |"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
