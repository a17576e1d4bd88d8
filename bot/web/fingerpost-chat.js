/**
 * <fingerpost-chat>: the consultation on a page, by one script tag. From the top: whom it is about
 * and what is pinned, which never scroll away; the log; the open question; the input; the actions.
 *
 * Attributes: `as-of` (a date to rehearse, in training only), `full-page` (take it from `?as_of=`).
 */
import { Conversation } from "./conversation.js";
import { button, categoriesInWords, copyOf, fold, h, question, render, safety } from "./render.js";
import { TEXT as T } from "./text.en.js";

/** An address of the server that this script comes from. */
const at = (path) => new URL(path, import.meta.url);
const THINKING_MS = 300;
const NOTE_MS = 5000;
/** Leaves a question about the patient open. */
const ASIDE = /^(tell me|why not|summary|help|record text|fit note|hand-?out|refer to|dismiss)/i;
const ASSESSED = /^risk assessed/i;

customElements.define("fingerpost-chat", class extends HTMLElement {
  #nodes = new Map();

  connectedCallback() {
    if (this.talk) return;
    const asked = this.hasAttribute("full-page") && new URLSearchParams(location.search).get("as_of");
    this.day = this.getAttribute("as-of") || asked;
    this.#build();
    this.talk = new Conversation(at("/webhooks/rest/webhook"), this.day ? { as_of: this.day } : {}, this);
    this.cleared();
    this.#settings();
    this.#claim();
  }

  #build() {
    // Shown once its style is there.
    const show = () => {
      this.app.hidden = false;
      this.compose("");
      this.#scroll();
    };
    const style = h("link", { rel: "stylesheet", href: at("fingerpost.css"), load: show, error: show });
    const div = (name, ...children) => h("div", { class: name }, children);

    this.banner = h("p", { class: "training" }, T.training);
    this.practice = h("span");
    this.about = h("p", { class: "about" });
    this.pinned = h("div", { class: "pinned", role: "alert", hidden: true });
    // Not live: `voice` says what is new, so that no button of a card is read out.
    this.log = h("div", { class: "log", role: "log", "aria-live": "off", "aria-label": T.log });
    this.voice = h("div", { class: "vh", role: "status" });
    this.middle = h("div", { class: "middle", tabindex: 0 }, this.log);
    this.dock = div("dock");
    this.input = h("textarea", { rows: 2, "aria-label": T.input, "aria-describedby": "keys" });
    const tool = (one) => {
      const keys = `Alt+${one[2]}`;
      return button(one[1], () => this.#tool(one), { title: keys, "aria-keyshortcuts": keys });
    };
    this.app = h(
      "div",
      { class: "app", hidden: true, keydown: (event) => this.#key(event) },
      this.banner,
      h("header", { class: "brand" }, h("h1", {}, T.name), this.practice),
      div("whom", this.about, this.pinned),
      this.middle,
      this.voice,
      this.dock,
      div("composer", this.input, button(T.send, () => this.#send(), { class: "primary" })),
      h("details", { class: "foot" }, h("summary", {}, T.actions), div("row", T.tools.map(tool))),
      h("p", { class: "limits" }, h("span", { class: "soft" }, T.limits, " ", h("span", { id: "keys" }, T.keys))),
    );
    // The actions fold where there is little room.
    const foot = this.app.querySelector(".foot");
    new ResizeObserver(() => (foot.open = this.clientWidth >= 600)).observe(this);
    this.attachShadow({ mode: "open" }).append(style, this.app);
  }

  async #settings() {
    const found = await fetch(at("/page-settings.json")).then((it) => it.json()).catch(() => ({}));
    // The banner goes only where the server says that training is over.
    this.banner.hidden = found.training === false && !found.banner;
    this.banner.textContent = found.banner || T.training;
    this.practice.textContent = found.practice ?? "";
  }

  /** A duplicated tab brings the other's consultation: they must not share it. */
  #claim(last = false) {
    navigator.locks?.request(`fingerpost ${this.talk.sender}`, { ifAvailable: true }, (lock) => {
      // Held until this page goes; a reload may not have let go yet.
      if (lock) return new Promise(() => {});
      if (!last) return void setTimeout(() => this.#claim(true), NOTE_MS / 10);
      this.talk.restart();
      this.cleared();
      this.#note(T.copiedTab);
    });
  }

  // --- Showing what was said

  /** Draw all that is kept, announcing nothing. */
  cleared() {
    this.log.replaceChildren();
    this.#nodes.clear();
    this.#show(this.talk.entries);
  }

  said(entry) {
    this.#show([entry]);
  }

  /** Draw lines at the end, or before the line `next`. */
  #show(entries, next) {
    for (const entry of entries) {
      const mine = !entry.message;
      const body = mine ? h("p", { class: "lines" }, entry.shown) : render(entry.message, this);
      const whose = h("h2", { class: "vh" }, mine ? T.you : T.assistant);
      const node = h("div", { class: mine ? "entry mine" : "entry" }, whose, body);
      this.#nodes.set(entry.id, node);
      this.log.insertBefore(node, this.#nodes.get(next?.id) ?? null);
      if (mine) this.state(entry);
    }
    this.#refresh();
    this.#scroll();
  }

  /** Say under a line how far it has got, unless it is answered. */
  state(entry) {
    const node = this.#nodes.get(entry.id);
    const add = (words, role) => {
      node.append(h("p", { class: "state soft", role }, words));
      this.#scroll();
    };
    node.querySelector(".state")?.remove();
    if (entry.state === "waiting") return add(T.waiting);
    clearTimeout(this.timer);
    if (entry.state === "sending") this.timer = setTimeout(add, THINKING_MS, T.thinking);
    if (entry.state !== "failed") return;
    const discard = () => {
      this.talk.discard(entry);
      this.cleared();
    };
    const retry = button(T.retry, () => this.talk.retry(entry));
    const why = ` ${entry.why ?? T.unreachable} `;
    add([h("b", {}, T.notSent), why, retry, " ", button(T.discard, discard)], "alert");
  }

  answered(answers) {
    const { entries } = this.talk;
    this.#show(answers, entries[entries.indexOf(answers.at(-1)) + 1]);
    if (!answers.length) return this.#note(T.unreachable);
    this.voice.textContent = answers.map(({ text }) => text).join("\n");
    this.#scroll(this.#nodes.get(answers[0].id));
    const wanted = this.wanted && answers.find(({ message }) => message.topic === this.wanted);
    if (wanted) this.copy(copyOf(wanted.message));
    this.wanted = null;
  }

  /** Bring all that depends on the whole consultation up to what was said last. */
  #refresh() {
    const { entries } = this.talk;
    const messages = entries.map((entry) => entry.message).filter(Boolean);
    const header = messages.findLast((message) => message.header)?.header ?? T.newPatient;
    const day = this.day && h("span", { class: "tag possible" }, T.rehearsal(this.day));
    this.about.replaceChildren(h("b", {}, header), " ", day || "");
    this.#pin(entries);
    this.#ask(entries);
    this.#setAside(entries);
    this.input.placeholder = entries.length ? T.placeholderMore : T.placeholder;
  }

  /** What was raised stays on top; what is said of it shrinks once the risk has been assessed. */
  #pin(entries) {
    const raised = entries.filter((entry) => entry.message?.type === "safety");
    const since = entries.slice(entries.indexOf(raised.at(-1)));
    const assessed = since.some(({ state, text }) => state === "sent" && ASSESSED.test(text));
    const state = `${raised.at(-1)?.id} ${assessed}`;
    // Its words are an alert: put in again unchanged, they would be heard again.
    if (state === this.pinState) return;
    this.pinState = state;
    this.pinned.hidden = !raised.length;
    const all = categoriesInWords([...new Set(raised.flatMap(({ message }) => message.categories))]);
    const words = `${T.raised}: ${all}${assessed ? ` (${T.assessed})` : ""}`;
    const go = assessed ? "" : button(T.goOn, () => this.say("risk assessed, go on", T.goOn));
    this.pinned.replaceChildren(fold(words, raised.map(({ message }) => safety(message))), go);
  }

  /** The last question stands above the input until it is answered; only then in the log. */
  #ask(entries) {
    const place = entries.findLastIndex(({ message }) => /^(question|safety)$/.test(message?.type));
    const { id, message } = entries[place] ?? {};
    const aside = (entry) => /^(service|patient)$/.test(message.slot) || !ASIDE.test(entry.text);
    const open = message?.type === "question" && !entries.slice(place).some((e) => e.state && aside(e));
    for (const entry of entries) {
      if (entry.message?.type === "question") this.#nodes.get(entry.id).hidden = open && entry.id === id;
    }
    this.dock.hidden = !open;
    if (this.docked === (open && id)) return;
    this.docked = open && id;
    this.dock.replaceChildren(open ? question(message, this) : "");
  }

  /** Only the latest suggestions can be acted on, and what was dismissed says so. */
  #setAside(entries) {
    const all = [...this.log.querySelectorAll(".suggestions")];
    for (const old of all.slice(0, -1)) {
      if (old.parentElement.matches("details")) continue;
      for (const actions of old.querySelectorAll(".actions")) actions.remove();
      const folded = fold(T.earlier);
      old.replaceWith(folded);
      folded.append(old);
    }
    for (const { text, state } of entries) {
      const [, id, why] = (state === "sent" && /^dismiss ([\w-]+) because (.*)/.exec(text)) || [];
      const actions = id && this.log.querySelector(`[data-service=${id}] .actions`);
      actions?.replaceWith(h("p", { class: "caution" }, `${T.dismissed} ${why}`));
    }
  }

  /** Show the end, or `node` from its top. On a very low screen everything scrolls, not the log alone. */
  #scroll(node) {
    const low = getComputedStyle(this.app).overflowY === "auto";
    const box = low ? this.app : this.middle;
    const above = box.getBoundingClientRect().top + (low && this.about.parentElement.offsetHeight) + 8;
    box.scrollTop = node ? box.scrollTop + node.getBoundingClientRect().top - above : box.scrollHeight;
  }

  #note(words) {
    this.voice.textContent = words;
    const note = h("p", { class: "note" }, words);
    this.middle.append(note);
    setTimeout(() => note.remove(), NOTE_MS);
  }

  // --- Saying something

  say(text, shown) {
    this.talk.say(text, shown);
    this.compose(this.input.value);
  }

  #send() {
    const text = this.input.value.trim();
    this.input.value = "";
    if (text) this.say(text);
    // With nothing typed, Enter confirms what is ticked.
    else if (this.dock.querySelector(":checked")) this.dock.querySelector(".done").click();
  }

  compose(text) {
    this.input.value = text;
    // On a touch screen, focus would raise the keyboard over the answer.
    if (!matchMedia("(pointer: coarse)").matches) this.input.focus({ preventScroll: true });
  }

  #tool([say, label]) {
    if (!say) return window.print();
    // Copied when the answer comes: the browser allows it for a few seconds after the click.
    this.wanted = say === "record text" && "record_text";
    this.say(say, label);
  }

  copy(text) {
    const copied = navigator.clipboard?.writeText(text) ?? Promise.reject();
    copied.then(() => this.#note(T.copied), () => this.#note(T.notCopied));
  }

  // --- Keys

  #key(event) {
    const { key, target } = event;
    const typing = target === this.input && this.input.value;
    const choices = [...this.dock.querySelectorAll("button, input")];
    const option = this.dock.querySelectorAll(".option")[key - 1];
    const here = choices.indexOf(target);
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.altKey) {
      const tool = T.tools.find(([, , letter]) => event.code === `Key${letter}`);
      if (!tool) return;
      this.#tool(tool);
    } else if (key === "Escape") {
      this.input.focus();
    } else if (key === "Enter" && target === this.input && !event.shiftKey) {
      this.#send();
    } else if (typing || (here < 0 && target !== this.input)) {
      return;
    } else if (/^[1-9]$/.test(key) && option) {
      option.click();
    } else if (/^Arrow/.test(key) && choices.length) {
      // From the input, forwards to the first and backwards to the last.
      const next = /Down|Right/.test(key) ? here + 1 : Math.max(here, 0) - 1;
      choices.at(next % choices.length).focus();
    } else {
      return;
    }
    event.preventDefault();
  }
});
