/** The consultation on a page: docs/web.md. */
import { Conversation } from "./conversation.js";
import { b, button, div, fold, h, inWords, p, question, render, safety } from "./render.js";
import { TEXT as T } from "./text.js";

const at = (path) => new URL(path, import.meta.url);
const THINKING_MS = 300;
const NOTE_MS = 5000;
const CLAIM_MS = 1000;

customElements.define("fingerpost-chat", class extends HTMLElement {
	#nodes = new Map();
	seen = Date.now();

	connectedCallback() {
		if (this.talk) return;
		const full = this.hasAttribute("full-page");
		const asked = new URLSearchParams(full ? location.search : "");
		this.day = this.getAttribute("as-of") || asked.get("as_of");
		this.sandbox = this.hasAttribute("sandbox") || asked.has("sandbox");
		this.#build();
		const place = [...document.querySelectorAll(this.localName)].indexOf(this);
		const options = { sandbox: this.sandbox, metadata: { as_of: this.day } };
		this.talk = new Conversation(at("/webhooks/web/"), `fingerpost ${this.sandbox} ${place}`, options, this);
		this.cleared();
		const brought = full && location.hash.slice(1);
		if (brought) history.replaceState(null, "", location.pathname + location.search);
		this.#begin(brought);
		this.#claim();
	}

	#build() {
		// The full page brings these.
		const drawn = this.shadowRoot?.querySelector(".app");
		const load = () => {
			this.app.hidden = false;
			this.compose(drawn?.querySelector("textarea").value ?? "");
			this.#scroll();
		};
		this.banner = p("training", T.training);
		this.practice = h("span");
		const alert = (name) => h("div", { class: name, role: "alert", hidden: true });
		this.cover = alert("cover");
		// On a low screen cut short; whole in focus.
		this.about = h("p", { tabindex: 0 });
		this.parked = h("details", { hidden: true });
		this.pinned = alert("pinned");
		this.whom = div("whom", div("about row", this.about, this.parked), this.pinned);
		// Not live: `voice` says what is new, without buttons.
		this.log = h("div", { class: "log", role: "log", "aria-live": "off", "aria-label": T.log, lang: "en" });
		this.samples = div("log row");
		this.middle = h("div", { class: "middle", tabindex: 0 }, this.log, this.samples);
		this.voice = h("div", { class: "vh", role: "status" });
		this.dock = div("dock");
		this.input = h("textarea", { rows: 2, "aria-label": T.input, "aria-describedby": "keys" });
		this.tools = div("row", T.tools.map((tool) => this.#button(tool)));
		this.app = h(
			"div",
			{ class: "app", lang: T.lang, hidden: true, keydown: (event) => this.#key(event), pointerdown: () => this.#awake() },
			this.banner,
			h("header", { class: "brand" }, h("h1", {}, T.name), this.practice),
			this.cover,
			this.whom,
			this.middle,
			this.voice,
			this.dock,
			div("composer", this.input, button(T.send, () => this.#send(), { class: "primary" })),
			h("details", { class: "foot" }, h("summary", {}, T.actions), this.tools),
			div("limits", p("soft", T.limits, " ", h("span", { id: "keys" }, T.keys))),
		);
		const foot = this.app.querySelector(".foot");
		new ResizeObserver(() => (foot.open = this.clientWidth >= 600 && innerHeight >= 600)).observe(this);
		if (drawn) {
			drawn.replaceWith(this.app);
			return load();
		}
		const style = h("link", { rel: "stylesheet", href: at("fingerpost.css"), load, error: load });
		this.attachShadow({ mode: "open" }).append(style, this.app);
	}

	/** `take`: to bring here. */
	#begin(take) {
		return this.#try(async () => {
			this.#told(await this.talk.ask(this.sandbox ? "start?sandbox=1" : "start"));
			await this.talk.resume(take);
			this.cover.hidden = true;
			this.#awake();
			this.compose();
			this.app.querySelector("dialog")?.showModal();
			await this.#listParked();
		});
	}

	#try(work) {
		return work().catch(({ status = 503, code }) => this.stopped(status, code));
	}

	#told({ training, banner, practice, user, idle_minutes: minutes, samples = [], worklist }) {
		this.room = worklist;
		const words = [this.sandbox && T.sandbox, banner ?? T.training].filter(Boolean).join(". ");
		this.banner.hidden = training === false && !words;
		this.banner.textContent = words;
		const page = (address, name) => h("a", { href: at(address), target: "_blank" }, name);
		this.practice.replaceChildren(practice, " · ", page("/sign-in", user.name));
		this.minutes = minutes;
		this.samples.replaceChildren(...samples.map((line) => button(line, () => this.say(line))));
		if (worklist && !this.tools.querySelector("a")) this.tools.append(page(worklist, T.worklist));
	}

	/** A duplicated tab has a consultation of its own. */
	#claim() {
		const late = setTimeout(() => {
			this.talk.seat += "-copy";
			this.talk.restart();
			this.#note(T.copiedTab);
			this.#claim();
		}, CLAIM_MS);
		const held = () => new Promise(() => clearTimeout(late));
		navigator.locks?.request(`fingerpost ${this.talk.seat}`, held) ?? held();
	}

	#awake() {
		clearTimeout(this.idle);
		this.idle = setTimeout(() => this.stopped(423), (this.minutes ?? 10) * 60000);
		// Else the server locks what is only read.
		if (Date.now() < this.seen + 60000) return;
		this.seen = Date.now();
		if (this.talk.id) this.#tell("awake").catch(() => {});
	}

	/** Cover what cannot go on, or is not to be seen. */
	stopped(status, code) {
		if (!T.covers[status] || code === "starting") return;
		const [words, label] = T.covers[status];
		const here = at("").origin === location.origin;
		const then = encodeURIComponent(here ? location.pathname + location.search : "/sign-in");
		const href = at(`/sign-in?then=${then}${code === "again" ? "&again=1" : ""}`);
		if (code === "again" && here) return location.assign(href);
		const act = () => {
			if (status === 404) this.talk.restart();
			this.#begin(status !== 503 && this.talk.id);
		};
		// Signed in at another tab.
		const click = () => addEventListener("focus", () => this.#begin(), { once: true });
		const go = /40[13]/.test(status)
			? h("a", { href, target: here ? "_self" : "_blank", click }, label)
			: button(label, act, { class: "primary" });
		for (const part of [this.log, this.voice, this.about, this.dock, this.pinned]) part.replaceChildren();
		this.pinState = null;
		this.cover.replaceChildren(p("", words), go);
		this.cover.hidden = false;
		// It would shut the cover off; `#begin` brings it back.
		this.app.querySelector("dialog")?.close();
		go.focus();
	}

	async #park() {
		await this.talk.sent;
		if (this.talk.id) await this.#tell("park");
		this.talk.restart();
		this.compose();
		await this.#listParked();
	}

	async #listParked() {
		const { parked } = await this.talk.ask("consultations");
		const take = (id) => this.#try(() => this.#park().then(() => this.#begin(id)));
		const item = ({ id, header }) => button(header || T.newPatient, () => take(id));
		this.parked.hidden = !parked.length;
		this.parked.replaceChildren(h("summary", {}, T.parked(parked.length)), ...parked.map(item));
	}

	cleared() {
		this.log.replaceChildren();
		this.voice.replaceChildren();
		this.#nodes.clear();
		const { entries } = this.talk;
		this.show(entries);
		this.#showFirst(entries.slice(entries.findLastIndex(({ message }) => !message) + 1));
	}

	/** At the end, or before `next`. */
	show(entries, next) {
		for (const entry of entries) {
			const mine = !entry.message;
			const body = mine ? p("lines", entry.shown) : render(entry.message, this);
			const node = div(mine ? "entry mine" : "entry", h("h2", { class: "vh" }, mine ? T.you : T.assistant), body);
			this.#nodes.set(entry.id, node);
			this.log.insertBefore(node, this.#nodes.get(next?.id) ?? null);
			if (mine) this.state(entry);
		}
		this.#refresh();
	}

	/** Say how far a line has got. */
	state(entry) {
		const node = this.#nodes.get(entry.id);
		const add = (words, role) => {
			node.append(h("p", { class: "state soft", role }, words));
			this.#scroll();
		};
		node.querySelector(".state")?.remove();
		node.querySelector(".lines").textContent = entry.shown;
		if (entry.state === "waiting") return add(T.waiting);
		clearTimeout(this.timer);
		if (entry.state === "sending") this.timer = setTimeout(add, THINKING_MS, T.thinking);
		if (entry.state !== "failed") return;
		const act = (label, does) => [" ", button(label, () => this.talk[does](entry))];
		const why = ` ${entry.why ?? T.unreachable} ${entry.again ? T.again : ""}`;
		add([b(T.notSent), why, act(T.retry, "retry"), act(T.discard, "discard")], "alert");
	}

	/** `drawn`: they are drawn already. */
	answered(answers, drawn) {
		const { entries } = this.talk;
		if (!drawn) this.show(answers, entries[entries.indexOf(answers.at(-1)) + 1]);
		this.voice.textContent = answers.map(({ message }) => message.text).join("\n");
		this.#showFirst(answers);
		for (const { message } of answers) {
			if (this.wanted && message.topic === this.wanted) this.copy(message.text);
			if (message.url && this.room && this.refers) this.open(message.url);
		}
		this.wanted = null;
	}

	#refresh() {
		const { entries } = this.talk;
		const last = entries.findLast(({ message }) => message?.header)?.message;
		const day = this.day && h("span", { class: "tag possible" }, T.rehearsal(this.day));
		this.about.replaceChildren(b(last?.header ?? T.newPatient), " ", day || "");
		this.#pin(entries, last);
		this.#ask(entries, last);
		for (const old of [...this.log.querySelectorAll(".suggestions")].slice(0, -1)) old.open = false;
		this.samples.hidden = entries.some(({ message }) => message?.type === "understood");
		this.input.placeholder = entries.length ? T.placeholderMore : T.placeholder;
	}

	#pin(entries, last) {
		const raised = entries.filter((entry) => entry.message?.type === "safety");
		const assessed = !last?.pinned.length;
		const state = `${raised.at(-1)?.id} ${assessed}`;
		// Put in again, it is heard again.
		if (state === this.pinState) return;
		this.pinState = state;
		this.pinned.hidden = !raised.length;
		const all = new Set(raised.flatMap(({ message }) => message.categories.map(inWords)));
		const words = `${T.raised}: ${[...all].join(", ")}${assessed ? ` (${T.assessed})` : ""}`;
		const go = assessed ? "" : this.#button(T.goOn);
		this.pinned.replaceChildren(fold(words, () => raised.map(({ message }) => safety(message))), go);
	}

	/** The open question stands above the input. */
	#ask(entries, last) {
		const asked = entries.filter(({ message }) => message?.type === "question");
		const latest = asked.at(-1);
		const open = latest && latest.message.slot === last.asked && latest;
		for (const entry of asked) this.#nodes.get(entry.id).hidden = entry === open;
		this.dock.hidden = !open;
		if (open) this.dock.inert = entries.at(-1).state;
		if (this.docked === open) return;
		this.docked = open;
		this.dock.replaceChildren(open ? question(open.message, this) : "");
	}

	/** What scrolls: all, on a low screen. */
	get #box() {
		return getComputedStyle(this.app).overflowY === "auto" ? this.app : this.middle;
	}

	/** Show the end, or `node` from its top. */
	#scroll(node) {
		const box = this.#box;
		const above = box === this.app ? this.middle.offsetTop - this.whom.offsetHeight : 0;
		box.scrollTop = node ? node.offsetTop + above - 8 : this.log.firstChild && box.scrollHeight;
	}

	/** Open a card, and stand on what can be done with it. */
	#stand(card) {
		card.unfold?.();
		this.#scroll(card);
		(card.querySelector(".primary") ?? card.querySelector("summary")).focus();
	}

	#showFirst(entries) {
		this.#scroll(entries.map(({ id }) => this.#nodes.get(id)).find((node) => !node.hidden));
	}

	#note(words) {
		this.voice.textContent = words;
		const note = p("note", words);
		this.middle.querySelector(".note")?.remove();
		this.middle.append(note);
		setTimeout(() => note.remove(), NOTE_MS);
	}

	say(text, shown) {
		this.refers = /^refer/i.test(text);
		this.talk.say(text, shown);
		this.compose();
	}

	#send(docked) {
		const text = !docked && this.input.value.trim();
		if (!text) return this.dock.querySelector(".done")?.click();
		this.input.value = "";
		this.say(text);
	}

	compose(text = this.input.value) {
		this.input.value = text;
		// Not a touch screen's keyboard.
		if (!matchMedia("(pointer: coarse)").matches) this.input.focus({ preventScroll: true });
	}

	#button([say, label, letter]) {
		const title = `Alt+${letter}`;
		return button(label, () => this.#tool(say, label), { title, "aria-keyshortcuts": title });
	}

	#tell(what) {
		return this.talk.ask(`consultations/${this.talk.id}/${what}`, {});
	}

	#tool(say, label) {
		if (say === "print") return window.print();
		if (say === "park") return this.#try(() => this.#park());
		if (say === "popOut") {
			const page = at(`/${this.day ? `?as_of=${this.day}` : ""}#${this.talk.id ?? ""}`);
			return window.open(page, "_blank", "popup,noopener,width=400,height=800");
		}
		// Browsers allow it soon after a click.
		this.wanted = /^(record|fit)/.test(say) && say.replaceAll(" ", "_");
		this.say(say, label);
	}

	copy(text) {
		const copied = navigator.clipboard?.writeText(text) ?? Promise.reject();
		copied.then(() => this.#note(T.copied), () => this.#note(T.notCopied));
	}

	/** Show a referral's page. */
	open(page) {
		const shut = () => dialog.close();
		const key = (event) => (event.key === "Escape" ? shut() : this.#awake());
		const load = () => ["keydown", "pointerdown"].map((kind) => frame.contentDocument?.addEventListener(kind, key));
		const frame = h("iframe", { src: at(page), title: T.draft, load });
		const close = () => this.cover.hidden && dialog.remove();
		const dialog = h("dialog", { "aria-label": T.draft, close }, button(T.close, shut), frame);
		this.app.append(dialog);
		if (this.cover.hidden) dialog.showModal();
	}

	#key(event) {
		this.#awake();
		const { key, target } = event;
		const writing = target.matches(".value") || (target === this.input && this.input.value);
		const choices = [...this.dock.querySelectorAll("button, input")];
		const option = !this.dock.inert && this.dock.querySelectorAll(".option")[key - 1];
		const here = choices.indexOf(target);
		if (event.isComposing || event.ctrlKey || event.metaKey || target.closest("dialog, .cover")) return;
		if (event.altKey) {
			const keys = `Alt+${event.code.replace(/Key|Digit/, "")}`;
			const found = [...this.app.querySelectorAll(`[aria-keyshortcuts="${keys}"]`)].at(-1);
			if (!found) return;
			if (found.matches("button")) found.click();
			else this.#stand(found);
		} else if (target === this.middle && /^\S$/.test(key)) {
			return this.input.focus();
		} else if (key === "Escape") {
			this.input.focus();
		} else if (key === "Enter" && target.matches("input, textarea") && !event.shiftKey) {
			this.#send(target !== this.input);
		} else if (writing || (here < 0 && target !== this.input)) {
			return;
		} else if (/^Page/.test(key)) {
			const box = this.#box;
			box.scrollBy(0, (key === "PageUp" ? -0.9 : 0.9) * box.clientHeight);
		} else if (option) {
			option.click();
		} else if (/^Arrow/.test(key) && choices.length) {
			const next = /Down|Right/.test(key) ? here + 1 : Math.max(here, 0) - 1;
			choices.at(next % choices.length).focus();
		} else {
			return;
		}
		event.preventDefault();
	}
});
