/**
 * <fingerpost-chat>: the consultation on a page, by one script tag and without a framework.
 *
 * Attributes: `server` (address of the assistant; its own by default), `full-page` (take the date
 * from `?as_of=`), `as-of` (a date to rehearse, in training only).
 *
 * From top to bottom: whom it is about and what is pinned, which never scroll away; the log; the
 * open question; the input; the actions.
 */
import { Conversation } from "./conversation.js";
import { COPIED, button, categoriesInWords, copyOf, h, question, render, safety } from "./render.js";
import { TEXT as T } from "./text.en.js";

const STYLE = new URL("fingerpost.css", import.meta.url);
const THINKING_MS = 300;
/** Said while a question is open, these ask for something and leave it open. */
const ASIDE = /^(tell me|why not|summary|help|record text|fit note|hand-?out|refer to|dismiss)\b/i;

class FingerpostChat extends HTMLElement {
  #root = this.attachShadow({ mode: "open" });
  #nodes = new Map();
  #ui = {
    say: (text, shown) => this.#say(text, shown),
    compose: (text) => this.#compose(text),
    copy: (text) => this.#copy(text),
    goTo: (id) => this.#goTo(id),
  };

  connectedCallback() {
    if (this.conversation) return;
    this.server = new URL(this.getAttribute("server") ?? "/", location.href);
    const asked = this.hasAttribute("full-page") && new URLSearchParams(location.search).get("as_of");
    this.day = this.getAttribute("as-of") || asked || "";
    this.#build();
    this.conversation = new Conversation(
      new URL("webhooks/rest/webhook", this.server),
      this.day ? { as_of: this.day } : {},
      {
        said: (entry) => this.#said(entry),
        state: (entry) => this.#state(entry),
        answered: (answers) => this.#answered(answers),
        cleared: () => this.#redraw(),
      },
    );
    this.#redraw();
    this.#settings();
    this.#claim();
  }

  // --- The page ---

  #build() {
    const style = h("link", { rel: "stylesheet", href: STYLE });
    // Without its style the page would flash up bare.
    const show = () => (this.app.hidden = false);
    style.addEventListener("load", show);
    style.addEventListener("error", show);

    this.banner = h("p", { class: "training" }, T.training);
    this.practice = h("span", { class: "practice" });
    this.about = h("p", { class: "about" });
    this.pinned = h("div", { class: "pinned", hidden: true });
    // The log itself is not live: hearing every button of a card read out helps nobody. What is new
    // is said in plain words by `voice`, and a safety message by its own alert.
    this.log = h("div", { class: "log", role: "log", "aria-live": "off", "aria-label": T.log, tabindex: "0" });
    this.voice = h("div", { class: "vh", role: "status" });
    this.thinking = h("p", { class: "thinking", hidden: true }, T.thinking);
    this.dock = h("div", { class: "dock", hidden: true });
    this.input = h("textarea", { id: "input", rows: "2", "aria-label": T.input, "aria-describedby": "keys" });
    const send = button(T.send, () => this.#send(), { class: "primary" });
    this.more = button(T.actions, () => this.#unfold(), { class: "more", "aria-expanded": "false" });
    const tool = (one) =>
      button(one.label, () => this.#tool(one), {
        "aria-keyshortcuts": T.shortcut(one.code.at(-1)),
        title: T.shortcut(one.code.at(-1)),
      });
    this.tools = h("div", { class: "tools", role: "group", "aria-label": T.toolbar }, T.tools.map(tool));
    const top = h("div", { class: "brand" }, h("h1", {}, T.name), this.practice);
    this.app = h(
      "div",
      { class: "app", hidden: true },
      this.banner,
      h("header", {}, top),
      h("div", { class: "whom-bar" }, this.about, this.pinned),
      h("div", { class: "middle" }, this.log, this.thinking),
      this.voice,
      this.dock,
      h("div", { class: "composer" }, this.input, send),
      h("div", { class: "foot" }, this.more, this.tools, h("p", { class: "hint", id: "keys" }, T.keys)),
      h("p", { class: "limits" }, T.limits),
    );
    this.app.addEventListener("keydown", (event) => this.#key(event));
    this.#root.append(style, this.app);
  }

  async #settings() {
    try {
      const settings = await (await fetch(new URL("page-settings.json", this.server))).json();
      // The banner goes only where the server says in so many words that training is over.
      this.banner.hidden = settings.training === false;
      if (settings.banner) this.banner.textContent = settings.banner;
      this.practice.textContent = settings.practice ?? "";
    } catch {
      // Not reachable: the banner stays.
    }
  }

  /** A duplicated tab brings the other's consultation with it: two must never share one. */
  async #claim(again = true) {
    if (!navigator.locks) return;
    const name = `fingerpost ${this.conversation.sender}`;
    await navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      // Held until this page goes.
      if (lock) return new Promise(() => {});
      // A page that is just being reloaded may not have let go yet.
      if (again) return void setTimeout(() => this.#claim(false), 400);
      this.conversation.restart();
      this.#redraw();
      this.#tell(T.copiedTab);
      return void this.#claim();
    });
  }

  // --- Showing what is said ---

  /** Draw everything again from what is kept; nothing is announced. */
  #redraw() {
    this.#nodes.clear();
    this.log.replaceChildren();
    for (const entry of this.conversation.entries) this.#draw(entry);
    this.#refresh();
    this.#scrollToEnd();
  }

  #draw(entry, before = null) {
    const mine = entry.who === "clinician";
    const voice = h("h2", { class: "vh" }, mine ? T.you : T.assistant);
    const body = mine ? h("p", { class: "lines" }, entry.shown ?? entry.text) : render(entry.message, this.#ui);
    const node = h("div", { class: `entry ${entry.who}` }, voice, body);
    this.#nodes.set(entry.id, node);
    this.log.insertBefore(node, before);
    if (mine) this.#state(entry);
    return node;
  }

  #said(entry) {
    this.#draw(entry);
    this.#refresh();
    this.#scrollToEnd();
  }

  #state(entry) {
    const node = this.#nodes.get(entry.id);
    if (!node) return;
    node.querySelector(".state-line")?.remove();
    clearTimeout(this.timer);
    this.thinking.hidden = true;
    if (entry.state === "sending") {
      this.timer = setTimeout(() => {
        this.thinking.hidden = false;
        this.#scrollToEnd();
      }, THINKING_MS);
    }
    if (entry.state !== "failed" && entry.state !== "waiting") return;
    const failed = entry.state === "failed";
    const why = entry.why ? T.refused(entry.why) : T.unreachable;
    const line = failed
      ? [
          h("b", {}, T.notSent), ` ${why} `,
          button(T.retry, () => this.conversation.retry(entry)),
          button(T.discard, () => this.#discard(entry)),
        ]
      : [T.waiting];
    node.append(h("div", { class: `state-line ${entry.state}`, role: failed && "alert" }, line));
  }

  #discard(entry) {
    this.conversation.discard(entry);
    this.#nodes.get(entry.id)?.remove();
    this.#refresh();
    this.#focusInput();
  }

  #answered(answers) {
    const entries = this.conversation.entries;
    const next = entries[entries.indexOf(answers.at(-1)) + 1];
    const before = next ? this.#nodes.get(next.id) : null;
    const nodes = answers.map((answer) => this.#draw(answer, before));
    answers.forEach(({ message }, n) => {
      if (message.type === "safety") nodes[n].setAttribute("role", "alert");
    });
    const told = answers.filter(({ message }) => message.type !== "safety").map((a) => a.text);
    this.#tell(answers.length ? told.join("\n") : T.noAnswer);
    this.#refresh();
    if (nodes.length) this.#reveal(nodes[0]);
    for (const { message } of answers) {
      if (this.wanted && message.topic === this.wanted) this.#copy(copyOf(message));
    }
    this.wanted = null;
  }

  #tell(words) {
    this.voice.textContent = words;
  }

  /** Bring the header, what is pinned and the open question up to what was said last. */
  #refresh() {
    const { entries } = this.conversation;
    const messages = entries.filter((e) => e.message).map((e) => e.message);
    const header = messages.findLast((m) => m.header)?.header ?? T.newPatient;
    this.about.replaceChildren(h("b", {}, header), this.day ? h("span", { class: "day" }, T.rehearsal(this.day)) : "");
    this.#pin(messages, entries);
    this.#openQuestion(entries);
    this.#foldEarlier();
    const open = !this.dock.hidden;
    this.input.placeholder = open ? T.placeholderAnswer : entries.length ? T.placeholderMore : T.placeholder;
  }

  #pin(messages, entries) {
    const raised = messages.findLast((m) => m.type === "safety");
    const categories = messages.findLast((m) => m.pinned)?.pinned ?? raised?.categories ?? [];
    this.pinned.hidden = !categories.length;
    if (this.pinned.hidden) return this.pinned.replaceChildren();
    const since = entries.findLastIndex((e) => e.message?.type === "safety");
    const assessed = entries.slice(since).some((e) => e.state === "sent" && /^risk assessed/i.test(e.text));
    const words = `${T.safetyPinned}: ${categoriesInWords(categories)}${assessed ? ` (${T.assessed})` : ""}`;
    const all = raised && h("details", {}, h("summary", {}, words), safety(raised));
    const go = !assessed && button(T.goOn, () => this.#say(T.goOnSay, T.goOn), { class: "go-on" });
    this.pinned.replaceChildren(...[all ?? h("b", {}, words), go].filter(Boolean));
  }

  /** The last question is open until something that answers it has been said. */
  #openQuestion(entries) {
    const place = entries.findLastIndex((e) => ["question", "safety"].includes(e.message?.type));
    const asked = entries[place];
    const answered = entries.slice(place + 1).some((e) => e.who === "clinician" && !ASIDE.test(e.text));
    const open = asked?.message.type === "question" && !answered;
    for (const e of entries) {
      if (e.message?.type === "question") this.#nodes.get(e.id).hidden = open && e === asked;
    }
    this.dock.hidden = !open;
    if (!open) this.dock.replaceChildren();
    else if (this.dock.dataset.id !== asked.id || !this.dock.firstChild) {
      this.dock.dataset.id = asked.id;
      this.dock.replaceChildren(question(asked.message, this.#ui));
    }
  }

  /** Only the latest suggestions can be acted on: the case has changed since the others. */
  #foldEarlier() {
    const all = [...this.log.querySelectorAll(".recommendations")];
    for (const old of all.slice(0, -1)) {
      if (old.closest(".earlier")) continue;
      old.querySelectorAll(".actions").forEach((row) => row.remove());
      const folded = h("details", { class: "earlier" }, h("summary", {}, T.earlier));
      old.replaceWith(folded);
      folded.append(old);
    }
  }

  #reveal(node) {
    this.#scroller().scrollTop += node.getBoundingClientRect().top - this.log.getBoundingClientRect().top - 60;
  }

  #scrollToEnd() {
    const box = this.#scroller();
    box.scrollTop = box.scrollHeight;
  }

  /** On a very low screen the whole of it scrolls, not the log alone. */
  #scroller() {
    return getComputedStyle(this.app).overflowY === "auto" ? this.app : this.log.parentElement;
  }

  #goTo(id) {
    const cards = [...this.log.querySelectorAll(".card")].filter((card) => card.dataset.service === id);
    const found = cards.at(-1);
    if (!found) return this.#say(`tell me about ${id}`);
    if (found.matches("details")) found.open = true;
    found.scrollIntoView({ block: "start" });
    found.querySelector("h3, summary").focus();
  }

  // --- Saying something ---

  #say(text, shown) {
    this.conversation.say(text, shown);
    this.#focusInput();
  }

  #send() {
    const text = this.input.value.trim();
    // With nothing typed, Enter confirms what is ticked.
    if (!text) return this.dock.querySelector("input:checked") && this.dock.querySelector(".done")?.click();
    this.input.value = "";
    this.#say(text);
  }

  #compose(text) {
    this.input.value = text;
    this.#focusInput();
  }

  #focusInput() {
    // On a touch screen, focus would raise the keyboard over the answer.
    if (!matchMedia("(pointer: coarse)").matches) this.input.focus();
  }

  #tool(one) {
    if (one.id === "print") return window.print();
    const topic = one.id === "record" ? "record_text" : one.id === "fitnote" && "fit_note_comments";
    // Copied when the answer comes: the browser allows it for a few seconds after the click.
    if (COPIED.includes(topic)) this.wanted = topic;
    this.conversation.say(one.say, one.label);
    if (one.id === "new") this.#focusInput();
  }

  #unfold() {
    const open = this.tools.classList.toggle("open");
    this.more.setAttribute("aria-expanded", String(open));
  }

  async #copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.#note(T.copied);
    } catch {
      this.#note(T.notCopied);
    }
  }

  #note(words) {
    this.#tell(words);
    const note = h("p", { class: "note" }, words);
    this.#root.querySelectorAll(".note").forEach((old) => old.remove());
    this.app.append(note);
    setTimeout(() => note.remove(), 5000);
  }

  // --- Keys ---

  /** @param {KeyboardEvent} event */
  #key(event) {
    const inInput = event.target === this.input;
    const free = !inInput || !this.input.value;
    if (event.isComposing) return;
    if (event.altKey && !event.ctrlKey && !event.metaKey) {
      const one = T.tools.find((tool) => tool.code === event.code);
      if (one) this.#tool(one);
      else return;
    } else if (event.key === "Escape") {
      this.input.focus();
    } else if (inInput && event.key === "Enter" && !event.shiftKey) {
      this.#send();
    } else if (!free || event.ctrlKey || event.metaKey || this.dock.hidden) {
      return;
    } else if (/^[1-9]$/.test(event.key)) {
      const option = this.#options()[event.key - 1];
      if (!option) return;
      option.click();
    } else if (/^Arrow(Up|Down|Left|Right)$/.test(event.key) && (inInput || event.target.closest(".dock"))) {
      this.#move(/Down|Right/.test(event.key) ? 1 : -1);
    } else {
      return;
    }
    event.preventDefault();
  }

  #options() {
    return [...this.dock.querySelectorAll("button.option, input")];
  }

  /** Arrows go round all that can be chosen. */
  #move(step) {
    const choices = [...this.dock.querySelectorAll("button, input")];
    const here = choices.indexOf(this.#root.activeElement);
    const next = here < 0 ? (step > 0 ? 0 : choices.length - 1) : here + step;
    choices[(next + choices.length) % choices.length]?.focus();
  }
}

customElements.define("fingerpost-chat", FingerpostChat);
