/**
 * One consultation of this tab: what was said, the order of sending, and what came back.
 * It lives in sessionStorage alone: closing the tab forgets it, a reload does not.
 *
 * @typedef {object} Entry one line; its `id` is also the message id, so a retry is no second message
 * @property {string} text what is sent, or an answer in plain words
 * @property {"waiting"|"sending"|"sent"|"failed"} [state] of a clinician's line, `shown` what is seen
 *   of it, `why` in the server's words if it was refused
 * @property {object} [message] the typed message, of an assistant's line
 */
const KEY = "fingerpost";

// Browsers have randomUUID only on https and loopback.
const randomId = () => crypto.randomUUID?.() ?? crypto.getRandomValues(new Uint32Array(4)).join("-");

export class Conversation {
  /** `on` is told by `said`, `state` (of a line), `answered` and `cleared`. */
  constructor(endpoint, metadata, on) {
    Object.assign(this, { endpoint, metadata, on, sender: randomId(), busy: false });
    /** @type {Entry[]} */
    this.entries = [];
    try {
      Object.assign(this, JSON.parse(sessionStorage.getItem(KEY)));
    } catch {
      // Storage is forbidden: begin anew.
    }
    // The page went away before these were answered: whether they arrived is not known.
    for (const entry of this.entries) if (entry.state && entry.state !== "sent") entry.state = "failed";
  }

  restart() {
    this.sender = randomId();
    this.entries = [];
    this.#keep();
  }

  /** Show it at once; send it when all that was said before has been answered. */
  say(text, shown = text) {
    const last = this.entries.at(-1);
    // A double click is one click.
    if (last?.text === text && /ing$/.test(last.state)) return;
    const entry = { id: randomId(), text, shown, state: "waiting" };
    this.entries.push(entry);
    this.#keep();
    this.on.said(entry);
    this.#pump();
  }

  retry(entry) {
    this.#mark(entry, "waiting");
    this.#pump();
  }

  discard(entry) {
    this.entries.splice(this.entries.indexOf(entry), 1);
    this.#keep();
    this.#pump();
  }

  async #pump() {
    if (this.busy) return;
    this.busy = true;
    for (;;) {
      // One that failed holds back those after it: each is read in the light of the one before.
      const next = this.entries.find((entry) => entry.state && entry.state !== "sent");
      if (next?.state !== "waiting") break;
      await this.#send(next);
    }
    this.busy = false;
  }

  async #send(entry) {
    this.#mark(entry, "sending");
    let messages;
    try {
      messages = await this.#post(entry);
    } catch ({ why }) {
      entry.why = why;
      return this.#mark(entry, "failed");
    }
    this.#mark(entry, "sent");
    this.#forgetLast(entry);
    const answers = messages.map((message) => ({ id: randomId(), text: message.text ?? "", message }));
    // An answer belongs under what it answers, above what was typed ahead meanwhile.
    this.entries.splice(this.entries.indexOf(entry) + 1, 0, ...answers);
    this.#keep();
    this.on.answered(answers);
  }

  async #post(entry) {
    const metadata = { ...this.metadata, message_id: entry.id };
    const response = await fetch(this.endpoint, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ sender: this.sender, message: entry.text, metadata }),
      signal: AbortSignal.timeout(30000),
    });
    const list = await response.json().catch(() => []);
    if (!response.ok) throw { why: list[0]?.custom?.text };
    const messages = list.map((one) => one.custom ?? { text: one.text });
    const late = (message) => message.type !== "safety";
    return messages.sort((a, b) => late(a) - late(b));
  }

  /** After "new patient", drop the last one's lines, all but an opening that raised the question. */
  #forgetLast(entry) {
    const place = this.entries.indexOf(entry);
    const before = this.entries.slice(0, place);
    const asked = before.at(-1)?.message?.slot === "patient";
    if (!(asked ? /\b(new|next|(an)?other|different)\b/i : /^new patient\b/i).test(entry.text)) return;
    const opening = asked ? before.filter((other) => other.state).slice(-1) : [];
    this.entries = [...opening, ...this.entries.slice(place)];
    this.on.cleared();
  }

  #mark(entry, state) {
    entry.state = state;
    this.#keep();
    this.on.state(entry);
  }

  #keep() {
    const { sender, entries } = this;
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ sender, entries }));
    } catch {
      // Full or forbidden: a reload will miss it.
    }
  }
}
