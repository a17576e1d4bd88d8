"""Draw the pictures of the page for the README and docs: `make pictures`.

Starts a server of its own on a free port, holds consultations with invented patients in Debian's
Chromium, and writes docs/pictures/*.png, each smaller than 150 kB. Needs the package `chromium`.
"""

from __future__ import annotations

import base64
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
LARGEST = 150_000
START_SECONDS = 120
DAY = "2026-11-22"
OPENING = (
    "48F warehouse packer in Ashton, off sick 6 wks w low back pain, getting low, "
    "boss won't budge on duties"
)
SAFETY = "28M Rochdale, lost his job, says he wants to end his life"


def main() -> int:
    """Draw every picture; return the exit code."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("pictures: Chromium is missing: sudo apt-get install chromium", file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    # Chromium's sandbox refuses to start for root.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    quiet = ["--disable-gpu", "--disable-background-networking", "--no-first-run"]
    with server() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*quiet, *sandbox])
        desk(browser, url)
        dark(browser, url)
        panel(browser, url)
        safety(browser, url)
        referral(browser, url)
        samples(browser, url)
        browser.close()
    return 0


@contextmanager
def server() -> Iterator[str]:
    """Run the assistant for as long as the block lasts; gives its address."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as var:
        process = subprocess.Popen(
            [sys.executable, "-m", "cli.main", "up", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "FINGERPOST_VAR": var},
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_for(f"{url}/health", process)
            yield url
        finally:
            process.terminate()
            process.wait(timeout=20)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Return once the address answers. Raises `RuntimeError` if it never does."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    raise RuntimeError("the server did not start; `make run` shows why")


def page(browser: Browser, url: str, width: int, height: int, dark: bool = False) -> Page:
    """Open the page in a window of that size."""
    opened = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
    )
    opened.goto(f"{url}/?as_of={DAY}")
    opened.wait_for_function("() => document.querySelector('fingerpost-chat').talk?.ready")
    return opened


def say(opened: Page, text: str) -> None:
    """Send a message and wait for its answer."""
    opened.locator("textarea").fill(text)
    opened.keyboard.press("Enter")
    opened.wait_for_function(
        "() => document.querySelector('fingerpost-chat').talk.entries"
        ".every((entry) => !entry.state || entry.state === 'sent')"
    )
    opened.mouse.move(0, 0)


def know_nothing(opened: Page) -> None:
    """Answer whatever is asked with "don't know"."""
    for _ in range(6):
        if opened.locator(".dock fieldset").is_visible():
            say(opened, "don't know")


# Chromium writes large PNGs fast; this gives the bare pixels, to be written smaller.
PIXELS = """async (picture) => {
  const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes]));
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const words = [];
  for (let n = 0; n < data.length; n += 4) words.push(String.fromCharCode(...data.slice(n, n + 3)));
  return [image.width, btoa(words.join(''))];
}"""
# Fewer shades at the edges of letters: nobody sees it.
SHADES = bytes(min(255, round(shade / 16) * 16) for shade in range(256))


def png(width: int, pixels: bytes) -> bytes:
    """Return a PNG of rows of red, green and blue, of at most 256 colours."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    colours: dict[bytes, int] = {}
    flat = bytes(
        colours.setdefault(pixels[n : n + 3], len(colours)) for n in range(0, len(pixels), 3)
    )
    height = len(flat) // width
    # Each row begins with the number of its filter: none.
    rows = b"".join(b"\0" + flat[row * width : (row + 1) * width] for row in range(height))
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            chunk(b"PLTE", b"".join(colours)),
            chunk(b"IDAT", zlib.compress(rows, 9)),
            chunk(b"IEND", b""),
        ]
    )


def draw(opened: Page, name: str) -> None:
    """Write the window as docs/pictures/<name>.png."""
    width, pixels = opened.evaluate(PIXELS, base64.b64encode(opened.screenshot()).decode())
    picture = png(width, base64.b64decode(pixels).translate(SHADES))
    if len(picture) > LARGEST:
        raise RuntimeError(f"{name}.png has {len(picture)} bytes, more than {LARGEST}")
    (PICTURES / f"{name}.png").write_bytes(picture)
    print(f"docs/pictures/{name}.png: {len(picture) / 1000:.0f} kB")
    opened.close()


def desk(browser: Browser, url: str) -> None:
    """The question, and the cards, on a desk's screen."""
    opened = page(browser, url, 1100, 700)
    say(opened, OPENING)
    draw(opened, "question")
    opened = page(browser, url, 1100, 1200)
    say(opened, OPENING)
    say(opened, "stay in work")
    know_nothing(opened)
    draw(opened, "consultation")


def dark(browser: Browser, url: str) -> None:
    """The cards in the dark."""
    opened = page(browser, url, 1100, 850, dark=True)
    say(opened, OPENING)
    know_nothing(opened)
    draw(opened, "dark")


def panel(browser: Browser, url: str) -> None:
    """A narrow panel beside the record system."""
    opened = page(browser, url, 360, 780)
    say(opened, OPENING)
    draw(opened, "panel")


def safety(browser: Browser, url: str) -> None:
    """The safety message."""
    opened = page(browser, url, 1100, 700)
    say(opened, SAFETY)
    draw(opened, "safety")


def referral(browser: Browser, url: str) -> None:
    """A referral's page, opened beside the consultation."""
    opened = page(browser, url, 1100, 760)
    say(opened, OPENING)
    know_nothing(opened)
    say(opened, "refer to access-to-work")
    frame = opened.frame_locator("fingerpost-chat iframe")
    frame.get_by_role("heading", name="Referrals of this consultation").wait_for()
    draw(opened, "referral")


def samples(browser: Browser, url: str) -> None:
    """The sandbox, with its sample patients."""
    opened = browser.new_page(viewport={"width": 1100, "height": 560})
    opened.goto(f"{url}/?sandbox")
    opened.locator("fingerpost-chat .log.row button").first.wait_for()
    draw(opened, "sandbox")


if __name__ == "__main__":
    sys.exit(main())
