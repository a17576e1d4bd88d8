/** Typed messages as elements; words are text, never markup. `ui`: the component. */
import { TEXT as T } from "./text.js";

/** An element: functions in `props` listen, empty children go. */
export function h(tag, props = {}, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(props)) {
		if (typeof value === "function") element.addEventListener(name, value);
		else if (value || value === 0) element.setAttribute(name, value === true ? "" : value);
	}
	element.append(...children.flat(9).filter(Boolean));
	return element;
}
/** A double click is one. */
export const button = (label, act, props) =>
	h("button", { type: "button", click: (event) => event.detail < 2 && act(event), ...props }, label);
export const div = (name, ...children) => h("div", { class: name }, children);
const soft = (...words) => h("span", { class: "soft" }, words);
export const p = (name, ...words) => words.some(Boolean) && h("p", { class: name }, words);
export const b = (...words) => h("b", {}, words);
const ul = (name, items, make) =>
	items?.length > 0 && h("ul", { class: name, role: "list" }, items.map((item) => h("li", {}, make(item))));
/** Folds: its inside is made on opening, let go on closing. */
export function fold(title, inside, props) {
	const fill = (parts) => node.replaceChildren(node.firstChild, ...[parts].flat(9).filter(Boolean));
	const toggle = () => {
		if (node.open === node.childNodes.length > 1) return;
		const parts = node.open && inside();
		parts.then?.(fill) ?? fill(parts);
	};
	const node = h("details", { ...props, toggle }, h("summary", {}, title));
	node.unfold = () => toggle((node.open = true));
	toggle();
	return node;
}

export const inWords = (id) => T[id] ?? String(id).replace(/[_-]/g, " ");

/** A link, if a browser may safely follow it. */
function link(address, label = address) {
	if (!/^(https?|mailto|tel):/.test(address)) return label;
	const away = address[0] === "h" && h("span", { class: "vh" }, ` ${T.newTab}`);
	return h("a", { href: address, target: away && "_blank", rel: "noreferrer" }, label, away);
}
const tel = (number) => link(`tel:${number.replace(/[^+\d]/g, "")}`, number);

function chip({ label, said, unsure, remove, edit, confirm }, ui) {
	const does = (name, sign, act) => button(sign, act, { "aria-label": name, title: name });
	// An option's id was not said.
	const words = [said && !/_/.test(said) && T.said(said), T[unsure]].filter(Boolean).join(", ");
	return [
		label,
		words && soft(words),
		confirm && does(T.confirm(label), "✓", () => ui.say(confirm, T.confirm(label))),
		edit && does(T.edit(label), "✎", () => ui.compose(edit)),
		remove && does(T.remove(label), "×", () => ui.say(remove, T.remove(label))),
	];
}

function understood({ text, chips = [], whole_chips: whole = [], gone = [], left_out: left = [] }, ui) {
	const list = (all) => ul("row chips", all, (one) => chip(one, ui));
	return h("section", {}, [
		list(chips),
		gone.length > 0 && p("", b(T.removed), " ", gone.join(", ")),
		left.length > 0 && p("", b(T.leftOut), " ", left.join(", ")),
		!chips.length && !gone.length && p("", text),
		whole.length > chips.length && fold(T.everything(whole.length), () => list(whole)),
	]);
}

export function question({ slot, text, options = [], multiple, skippable }, ui) {
	const unit = T.units[slot];
	const type = unit && (slot === "area" ? "text" : "number");
	const input = type && h("input", { class: "value", type, min: 0 });
	const kbd = (n) => n < 9 && h("kbd", { class: "soft", "aria-hidden": "true" }, n + 1);
	const boxes = options.map(({ payload }) => h("input", { type: "checkbox", value: payload }));
	const choice = ({ title, payload }, n) =>
		multiple
			? h("label", { class: "option" }, kbd(n), boxes[n], title)
			: button([kbd(n), title], () => ui.say(payload, title), { class: "option" });
	const done = () => {
		if (input?.value) return ui.say(options.length ? input.value : `${input.value} ${unit}`);
		const all = (name) => options.filter((_, n) => boxes[n].checked).map((one) => one[name]).join(", ");
		if (all("title")) ui.say(all("payload"), all("title"));
	};
	const change = ({ target }) => {
		// "None" and anything else cannot both be so.
		const clash = (box) => box !== target && [box.value, target.value].includes("none");
		if (target.checked) boxes.filter(clash).forEach((box) => (box.checked = false));
	};
	const all = [
		options.map(choice),
		input && h("label", {}, input, " ", unit),
		(multiple || input) && button(T.done, done, { class: "primary done" }),
		skippable && button(T.dontKnow, () => ui.say("don't know", T.dontKnow)),
	];
	return h("fieldset", { change }, h("legend", {}, text), div("row", all));
}

function route({ route: kind, use, who, how, way_in: way, web, phone, email }, cardWay) {
	return [
		b(T.use[use] ?? who?.map(inWords).join(", ")),
		`: ${how || inWords(kind)}. `,
		[web && link(web), phone && tel(phone), email && link(`mailto:${email}`, email)].map((one) => one && [one, " "]),
		way !== cardWay && soft(T.wayIn[way]),
	];
}

function cardBody(item, ui) {
	const { service_id: id, name, terms } = item;
	const act = (verb, label, props) => {
		const whole = `${label}: ${name}`;
		return button(label, () => ui.say(`${verb} ${id}`, whole), { "aria-label": whole, ...props });
	};
	const why = (words) =>
		button(words, ({ target }) => {
			ui.say(`dismiss ${id} because ${words}`, `${T.dismiss}: ${name} (${words})`);
			target.closest(".actions").replaceWith(p("caution", `${T.dismissed} ${words}`));
		});
	const right = [
		h("h4", {}, T.whoRefers),
		ul("", item.referral.routes, (one) => route(one, item.way_in)),
		item.cautions && p("caution", b(T.caution), " ", item.cautions.join(" ")),
		p(item.stale ? "caution" : "soft", `${terms}. ${T.facts} ${item.facts}${item.confidence === "low" ? T.lowConfidence : ""}.`),
		fold(T.more, () => ul("", [...item.also.map(inWords), ...item.sources], (line) => line)),
	];
	return [
		p("", item.offers),
		div("sides", [
			div("", h("h4", {}, T.why), ul("reasons", item.reasons, ({ state, text }) => [h("span", { class: state }, T[state]), " ", text])),
			div("", right),
		]),
		item.dismissed
			? p("caution", `${T.dismissed} ${inWords(item.dismissed)}`)
			: div("row actions", [
					act("refer to", T.refer, { class: "primary" }),
					act("tell me about", T.tellMore),
					fold(T.dismiss, () => div("row", T.reasons.map(why))),
				]),
	];
}

function card(item, n, names, ui) {
	const warning = T.wayIn[item.way_in];
	const beside = names.get(item.beside);
	const first = warning && p("caution", b(warning), beside && [T.beside, b(beside)]);
	const title = [
		`${item.rank} `,
		n > 2 && warning && soft(`${warning} `),
		`${item.name} `,
		h("span", { class: `tag ${item.verdict}` }, item.verdict === "eligible" ? T.eligible : T.possibly),
		item.for_need && soft(inWords(item.for_need)),
	];
	const props = { class: "card", "aria-keyshortcuts": `Alt+${item.rank}` };
	if (n < 3 && !item.depends_on_place) return h("article", props, first, h("h3", {}, title), cardBody(item, ui));
	return fold(title, () => [first, cardBody(item, ui)], props);
}

const more = (chips, ui) =>
	ul("row actions", chips, ({ title, payload }) => button(title, () => ui.say(payload, title)));

function suggestions({ text, items, rejected, plan, gap, chips }, ui) {
	const names = new Map([...rejected, ...items].map((item) => [item.service_id, item.name]));
	const step = ({ service_id: id, why }) => [b(names.get(id) ?? inWords(id)), " ", why];
	const whyNot = (item) => [b(item.name), ": ", item.why_not];
	return [
		plan.length > 0 && div("plan", b(T.plan), ul("", plan, step)),
		!items.length && p("", text),
		items.map((item, n) => card(item, n, names, ui)),
		gap && p("", gap),
		more(chips, ui),
		rejected.length > 0 && fold(T.others(rejected.length), () => ul("", rejected, whyNot)),
	];
}

function recommendations(message, ui) {
	const { header, as_of: day, items } = message;
	const recalled = () => ui.talk.recall(message).then((found) => suggestions(found, ui), () => T.unreachable);
	const inside = () => (message.items ? suggestions(message, ui) : recalled());
	return fold(T.suggestions(header, day), inside, { class: "suggestions", open: !!items });
}

export function safety({ categories, contacts }) {
	const contact = ({ name, phone, unverified, how }) => [
		b(name),
		phone && [" ", tel(phone)],
		unverified && b(` (${T.unconfirmed})`),
		how && `: ${how}`,
	];
	return div("safety", [
		h("h2", {}, `${T.safety}: ${categories.map(inWords).join(", ")}`),
		h("ol", {}, contacts.map((one) => h("li", {}, contact(one)))),
		p("", T.notScreen),
	]);
}

function draft({ header, text, documents, url }, ui) {
	const made = ({ kind, formats }) => [
		inWords(kind),
		Object.entries(formats).map(([name, address]) => [" ", link(address, inWords(name))]),
	];
	return h("section", { class: "card", "aria-label": T.draft }, [
		p("soft", header),
		p("lines", text),
		ui.room && button(T.openReferral, () => ui.open(url), { class: "primary" }),
		ul("", documents, made),
	]);
}

function info(message, ui) {
	const taken = /^(record_text|fit_note_comments|handout|summary)$/.test(message.topic);
	return h("section", { class: taken && "card" }, [
		taken && p("soft", message.header),
		p("lines", message.text),
		taken && button(T.copy, () => ui.copy(message.text)),
		more(message.chips, ui),
	]);
}

const TYPES = { understood, recommendations, safety, referral_draft: draft };

export function render(message, ui) {
	return (TYPES[message.type] ?? info)(message, ui);
}
