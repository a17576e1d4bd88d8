/**
 * <fingerpost-chat>: the consultation on any page, by one script tag.
 *
 * Attributes: `server` (where the assistant is, if elsewhere), `as-of` (a date to rehearse, in
 * training only), `full-page` (take that date from `?as_of=`).
 *
 * From the top: whom it is about and what is pinned, which never scroll away; the log; the open
 * question; the input; the actions.
 */
import { Conversation } from "./conversation.js";
import { button, categoriesInWords, copyOf, fold, h, question, render, safety } from "./render.js";
import { TEXT as T } from "./text.en.js";

const THINKING_MS = 300;
const NOTE_MS = 5000;
/** Said while a question about the patient is open, these leave it open. */
const ASIDE = /^(tell me|why not|summary|help|record text|fit note|hand-?out|refer to|dismiss)/i;
const ASSESSED = /^risk assessed/i;

customElements.define("fingerpost-chat", class extends HTMLElement {
  #nodes = new Map();

  connectedCallback() {
    if (this.talk) return;
    const asked = this.hasAttribute("full-page") && new URLSearchParams(location.search).get("as_of");
    this.day = this.getAttribute("as-of") || asked;
    this.server = new URL(this.getAttribute("server") ?? "/", location.href);
    this.#build();
    const endpoint = new URL("webhooks/rest/webhook", this.server);
    this.talk = new Conversation(endpoint, this.day ? { as_of: this.day } : {}, this);
    this.cleared();
    this.#settings();
    this.#claim();
  }

  #build() {
    // Until its style is there, the page would flash up bare.
    const show = () => {
      this.app.hidden = false;
      this.compose("");
      this.#scroll();
    };
    const href = new URL("fingerpost.css", import.meta.url);
    const style = h("link", { rel: "stylesheet", href, load: show, error: show });
    const div = (name, ...children) => h("div", { class: name }, children);

    this.banner = h("p", { class: "training" }, T.training);
    this.practice = h("span", {});
    this.about = h("p", { class: "about" });
    this.pinned = div("pinned");
    // Not live: nobody wants every button of a card read out. What is new is said in plain words
    // by `voice`, and a safety message by an alert of its own.
    this.log = h("div", { class: "log", role: "log", "aria-live": "off", "aria-label": T.log });
    this.voice = h("div", { class: "vh", role: "status" });
    this.thinking = h("p", { class: "thinking soft", hidden: true }, T.thinking);
    this.middle = h("div", { class: "middle", tabindex: 0, role: "group", "aria-label": T.log }, this.log, this.thinking);
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
    new ResizeObserver(() => (foot.open = this.clientWidth > 600 || foot.matches(":focus-within"))).observe(this);
    this.attachShadow({ mode: "open" }).append(style, this.app);
  }

  async #settings() {
    try {
      const found = await (await fetch(new URL("page-settings.json", this.server))).json();
      // The banner goes only where the server says in so many words that training is over.
      this.banner.hidden = found.training === false;
      this.banner.textContent = found.banner || T.training;
      this.practice.textContent = found.practice ?? "";
    } catch {
      // The banner stays.
    }
  }

  /** A duplicated tab brings the other's consultation along: the two must not share it. */
  #claim(last = false) {
    navigator.locks?.request(`fingerpost ${this.talk.sender}`, { ifAvailable: true }, (lock) => {
      // Held until this page goes.
      if (lock) return new Promise(() => {});
      // A page being reloaded may not have let go yet.
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

  state(entry) {
    const node = this.#nodes.get(entry.id);
    node.querySelector(".state")?.remove();
    clearTimeout(this.timer);
    this.thinking.hidden = true;
    if (entry.state === "sending") {
      this.timer = setTimeout(() => {
        this.thinking.hidden = false;
        this.#scroll();
      }, THINKING_MS);
    } else if (entry.state === "waiting") {
      node.append(h("p", { class: "state soft" }, T.waiting));
    } else if (entry.state === "failed") {
      const discard = () => {
        this.talk.discard(entry);
        node.remove();
        this.#refresh();
      };
      const why = entry.why ?? (entry.status ? T.refused(entry.status) : T.unreachable);
      const retry = button(T.retry, () => this.talk.retry(entry));
      const words = [h("b", {}, T.notSent), ` ${why} `, retry, " ", button(T.discard, discard)];
      node.append(h("p", { class: "state", role: "alert" }, words));
    }
  }

  answered(answers) {
    const { entries } = this.talk;
    this.#show(answers, entries[entries.indexOf(answers.at(-1)) + 1]);
    const alarm = ({ message }) => message.type === "safety";
    for (const one of answers.filter(alarm)) this.#nodes.get(one.id).setAttribute("role", "alert");
    const words = answers.filter((one) => !alarm(one)).map((one) => one.text);
    this.voice.textContent = answers.length ? words.join("\n") : T.noAnswer;
    if (!answers.length) return this.#note(T.noAnswer);
    this.#scroll(this.#nodes.get(answers[0].id));
    const wanted = answers.find(({ message }) => message.topic === this.wanted);
    if (wanted && this.wanted) this.copy(copyOf(wanted.message));
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
    const { placeholder, placeholderAnswer, placeholderMore } = T;
    const more = entries.length ? placeholderMore : placeholder;
    this.input.placeholder = this.dock.hidden ? more : placeholderAnswer;
  }

  /** What was raised stays on top; what is said of it shrinks once the risk has been assessed. */
  #pin(entries) {
    const raised = entries.filter((entry) => entry.message?.type === "safety");
    this.pinned.hidden = !raised.length;
    if (!raised.length) return;
    const since = entries.indexOf(raised.at(-1));
    const assessed = entries.slice(since).some((entry) => entry.state === "sent" && ASSESSED.test(entry.text));
    const all = categoriesInWords([...new Set(raised.flatMap(({ message }) => message.categories))]);
    const words = `${T.raised}: ${all}${assessed ? ` (${T.assessed})` : ""}`;
    const go = button(T.goOn, () => this.say(T.goOn));
    go.hidden = assessed;
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
      old.querySelectorAll(".actions").forEach((row) => row.remove());
      const folded = fold(T.earlier);
      old.replaceWith(folded);
      folded.append(old);
    }
    for (const { text, state } of entries) {
      const [, id, why] = (state === "sent" && /^dismiss (\S+) because (.*)/.exec(text)) || [];
      const card = id && [...this.log.querySelectorAll(".card")].findLast((one) => one.dataset.service === id);
      card?.querySelector(".actions")?.replaceWith(h("p", { class: "caution" }, h("b", {}, T.dismissed), ` ${why}`));
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
    const place = this.dock.contains(target) || target === this.input;
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.altKey) {
      const tool = T.tools.find(([, , letter]) => event.code === `Key${letter}`);
      if (!tool) return;
      this.#tool(tool);
    } else if (key === "Escape") {
      this.input.focus();
    } else if (key === "Enter" && target === this.input && !event.shiftKey) {
      this.#send();
    } else if (typing || this.dock.hidden || !place) {
      return;
    } else if (/^[1-9]$/.test(key) && this.dock.querySelectorAll(".option")[key - 1]) {
      this.dock.querySelectorAll(".option")[key - 1].click();
    } else if (key.startsWith("Arrow") && choices.length) {
      const step = /Down|Right/.test(key) ? 1 : -1;
      const here = target === this.input ? (step - 1) / 2 : choices.indexOf(target) + step;
      choices.at(here % choices.length).focus();
    } else {
      return;
    }
    event.preventDefault();
  }
});
