/**
 * One consultation, which the server keeps. An entry is a line of the clinician's (`text`, `shown` for it,
 * `state`: waiting, sending, sent or failed) or a `message`.
 */
const pending = ({ state }) => state && state !== "sent";

const randomId = () => crypto.getRandomValues(new Uint32Array(4)).join("-");
const answers = (to, messages) => (messages ?? []).map((message, n) => ({ id: `${to} ${n}`, message }));

export class Conversation {
	entries = [];
	unsent = [];
	id = null;
	seat = randomId();
	sent = Promise.resolve();

	/** `on` is told by `show`, `state` (of an entry), `answered`, `cleared` and `stopped`. */
	constructor(channel, key, options, on) {
		Object.assign(this, { channel, key, options, on });
		try {
			Object.assign(this, JSON.parse(sessionStorage.getItem(key)));
		} catch {
			// Forbidden: begin anew.
		}
	}

	/** Throws `{status, code, why}`; no status where the server was not reached. */
	async ask(path, body) {
		const response = await fetch(new URL(path, this.channel), {
			method: body ? "POST" : "GET",
			credentials: "include",
			headers: body && { "Content-Type": "application/json" },
			body: body && JSON.stringify({ seat: this.seat, ...body }),
			signal: AbortSignal.timeout(30000),
		});
		const found = await response.json().catch(() => ({}));
		const { code, text: why } = found.messages?.[0] ?? {};
		if (!response.ok) throw { status: response.status, code, why };
		return found;
	}

	async #history() {
		const { turns } = await this.ask(`consultations/${this.id}?seat=${this.seat}`);
		return turns.flatMap(({ id, text, shown, messages }) => [
			{ id, text, shown: shown || text, state: messages ? "sent" : "waiting" },
			...answers(id, messages),
		]);
	}

	/** Hold but the latest suggestions whole. */
	#letGo() {
		const all = this.entries.filter(({ message }) => message?.items);
		for (const { message } of all.slice(0, -1)) message.items = message.rejected = message.text = null;
	}

	/** Fetch what was let go of. */
	async recall(message) {
		const { id } = this.entries.find((entry) => entry.message === message);
		return (await this.#history()).find((entry) => entry.id === id).message;
	}

	/** Take up what was said. `take`: the consultation that this tab is to hold. */
	async resume(take) {
		const held = take && take !== this.id ? [] : [...this.unsent, ...this.entries.filter(pending)];
		if (take) await this.ask(`consultations/${take}/open`, {});
		this.id = take || this.id;
		this.entries = this.id ? await this.#history() : [];
		this.#letGo();
		// These may have arrived: sent again, they count once.
		const known = new Set(this.entries.map(({ id }) => id));
		for (const entry of held) if (!known.has(entry.id)) this.entries.push({ ...entry, state: "waiting" });
		Object.assign(this, { unsent: [], ready: true });
		this.#redraw();
	}

	#redraw() {
		this.#keep();
		this.on.cleared();
		this.#pump();
	}

	restart() {
		Object.assign(this, { id: null, entries: [] });
		this.#redraw();
	}

	say(text, shown = text) {
		const entry = { id: randomId(), text, shown, state: "waiting" };
		this.entries.push(entry);
		this.#keep();
		this.on.show([entry]);
		this.#pump();
	}

	retry(entry) {
		this.#mark(entry, "waiting");
		this.#pump();
	}

	discard(entry) {
		this.entries.splice(this.entries.indexOf(entry), 1);
		this.#redraw();
	}

	/** One that failed holds back those after it. */
	#pump() {
		this.sent = this.sent.then(async () => {
			let next;
			while (this.ready && (next = this.entries.find(pending))?.state === "waiting") await this.#send(next);
		});
	}

	async #send(entry) {
		const { id, text, shown } = entry;
		const { sandbox, metadata } = this.options;
		this.#mark(entry, "sending");
		let found, refused;
		try {
			this.id ??= (await this.ask("consultations", { sandbox })).id;
			found = await this.ask(`consultations/${this.id}/messages`, { id, text, shown, metadata });
		} catch (error) {
			refused = error;
		}
		// Another patient may be here by now.
		if (!this.entries.includes(entry)) return;
		if (refused) {
			const { status, code, why } = refused;
			// Not reached, busy or starting: that may pass.
			const again = !status || /429|50[234]/.test(status);
			const wait = Math.min((entry.wait ?? 250) * 2, 30000);
			if (again) setTimeout(() => entry.state === "failed" && this.retry(entry), wait);
			Object.assign(entry, { why, wait, again });
			this.#mark(entry, "failed");
			return this.on.stopped(status, code);
		}
		// What the server no longer keeps was the last patient's.
		const gone = this.entries.findIndex((other) => other.id === found.first);
		if (gone > 0) this.entries = this.entries.slice(gone).filter((other) => !other.message);
		const added = answers(id, found.messages);
		// Without what named the patient.
		entry.shown = found.shown ?? shown;
		this.#mark(entry, "sent");
		// Above what was typed ahead meanwhile.
		this.entries.splice(this.entries.indexOf(entry) + 1, 0, ...added);
		this.#letGo();
		if (gone > 0) this.on.cleared();
		this.on.answered(added, gone > 0);
	}

	#mark(entry, state) {
		entry.state = state;
		this.#keep();
		this.on.state(entry);
	}

	#keep() {
		const { id, seat, unsent, entries } = this;
		const held = [...unsent, ...entries.filter(pending)];
		try {
			sessionStorage.setItem(this.key, JSON.stringify({ id, seat, unsent: held }));
		} catch {
			// A reload will miss it.
		}
	}
}
