/**
 * Typed messages of the assistant as elements. Words go in as text, never as markup.
 *
 * Every renderer takes (message, ui); `ui` is what a message can ask for: `say(text, shown)`,
 * `compose(text)` and `copy(text)`.
 */
import { TEXT as T } from "./text.en.js";

/** Make an element. Functions among `props` are listeners; empty children are left out. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value != null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return element;
}
export const button = (label, click, props) => h("button", { type: "button", click, ...props }, label);
const b = (...words) => h("b", {}, words);
const p = (name, ...words) => words.some(Boolean) && h("p", { class: name }, words);
const ul = (name, items, make) =>
  items?.length > 0 && h("ul", { class: name, role: "list" }, items.map((item) => h("li", {}, make(item))));
export const fold = (title, ...inside) => h("details", {}, h("summary", {}, title), inside);

/** An id in words, for what comes without a label: "uc_lcwra" is "UC LCWRA". */
const inWords = (id) =>
  String(id).replace(/[_-]/g, " ").replace(T.acronyms, (letters) => letters.toUpperCase());
export const categoriesInWords = (ids) => ids.map((id) => T[id] ?? inWords(id)).join(", ");

/** A link out, if a browser may safely follow it; else its words. */
function link(address, label = address) {
  const url = URL.canParse(address, location.href) && new URL(address, location.href);
  if (!/^(https?|mailto|tel):$/.test(url.protocol)) return label;
  if (!url.protocol.startsWith("http")) return h("a", { href: url }, label);
  const away = h("span", { class: "vh" }, ` ${T.newTab}`);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label, away);
}
const tel = (number) => link(`tel:${number.replace(/[^+\d]/g, "")}`, number);

// --- What was understood

const SILENT = /^(work_status_outcome|gp_area|answered|uncertain)$/;

/** The facts of `known`: each `{label, words}`, with `say` to remove it or `change`, its key in words. */
function facts(known = {}, { mentions = [], whole_case: whole, labels }) {
  const fact = (key, id) => {
    const name = inWords(key);
    const said = mentions.find((m) => m.slot === key && String(m.value) === String(id));
    const unsure = whole?.uncertain?.[key]?.includes(id);
    const ours = { true: name, false: T.no(name) }[id] ?? T[key]?.(id) ?? inWords(id);
    const words = [said && T.said(said.text), unsure && T.possible, said?.sure === false && T.guess];
    return { label: labels?.[`${key}:${id}`] ?? ours, words: words.filter(Boolean).join(", "), change: name };
  };
  return Object.entries(known).flatMap(([key, value]) => {
    if (SILENT.test(key)) return [];
    if (key === "ruled_out") {
      const not = ([kind, ids]) => ids.map((id) => ({ label: T.not(fact(kind, id).label) }));
      return Object.entries(value).flatMap(not);
    }
    if (!Array.isArray(value)) return fact(key, value);
    if (!value.length) return { label: T.none(inWords(key)) };
    // What a patient does not have is remembered.
    const verb = /^(conditions|barriers)$/.test(key) ? "not" : "remove";
    return value.map((id) => ({ ...fact(key, id), say: `${verb} ${inWords(id)}` }));
  });
}

function chip({ label, words, say, change }, ui) {
  const name = say ? T.remove(label) : T.change(change);
  const act = () => (say ? ui.say(say, name) : ui.compose(`change ${change} to `));
  return [
    label,
    words !== T.said(label) && words && h("span", { class: "soft" }, words),
    (say || change) && button(say ? "×" : "✎", act, { "aria-label": name, title: name }),
  ];
}

function understood(message, ui) {
  const added = facts(message.case, message);
  const whole = facts(message.whole_case, { ...message, mentions: [] });
  const gone = facts(message.removed, message).map((fact) => fact.label);
  const others = (message.mentions ?? []).filter((m) => /^(past|other_person)$/.test(m.assertion));
  const left = [...new Set(others.map((m) => `${m.text} (${T[m.assertion]})`))];
  const chips = (all) => ul("row chips", all, (fact) => chip(fact, ui));
  return h("section", {}, [
    chips(added),
    gone.length > 0 && p("", b(T.removed), " ", gone.join(", ")),
    left.length > 0 && p("", b(T.leftOut), " ", left.join(", ")),
    !added.length && !gone.length && p("", message.text),
    whole.length > added.length && fold(T.everything(whole.length), chips(whole)),
  ]);
}

// --- A question

/** The open question. */
export function question({ text, options = [], multiple, skippable }, ui) {
  const kbd = (n) => n < 9 && h("kbd", { class: "soft", "aria-hidden": "true" }, n + 1);
  const boxes = options.map(({ payload }) => h("input", { type: "checkbox", value: payload }));
  const choice = ({ title, payload }, n) =>
    multiple
      ? h("label", { class: "option" }, kbd(n), boxes[n], title)
      : button([kbd(n), title], () => ui.say(payload, title), { class: "option" });
  const done = () => {
    const chosen = options.filter((option, n) => boxes[n].checked);
    const all = (name) => chosen.map((option) => option[name]).join(", ");
    if (chosen.length) ui.say(all("payload"), all("title"));
  };
  const change = ({ target }) => {
    // "None" and anything else cannot both be so.
    const clash = (box) => box !== target && [box.value, target.value].includes("none");
    if (target.checked) boxes.filter(clash).forEach((box) => (box.checked = false));
  };
  const keydown = (event) => {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault();
    done();
  };
  const all = [
    options.map(choice),
    multiple && button(T.done, done, { class: "primary done" }),
    skippable !== false && button(T.dontKnow, () => ui.say("don't know", T.dontKnow)),
  ];
  return h("fieldset", { change, keydown }, h("legend", {}, text), h("div", { class: "row" }, all));
}

// --- Suggestions

const reason = ({ state, text }) => [h("span", { class: state }, T[state] ?? state), " ", text];

/** One way of referring; what the card says of the way in, it need not repeat. */
function route({ route: kind, use, who, how, way_in: way, web, phone, email }, cardWay) {
  const reach = [web && link(web), phone && tel(phone), email && link(`mailto:${email}`, email)];
  return [
    b(T.use[use] ?? who?.map(inWords).join(", ")),
    `: ${how || inWords(kind)}. `,
    reach.filter(Boolean).map((one) => [one, " "]),
    way !== cardWay && h("span", { class: "soft" }, T.wayIn[way]),
  ];
}

function cardBody(item, ui) {
  const { service_id: id, name, voluntary, tells_dwp: dwp } = item;
  const act = (verb, label, props) =>
    button(label, () => ui.say(`${verb} ${id}`, `${label}: ${name}`), { "aria-label": `${label}: ${name}`, ...props });
  const why = (words) =>
    button(words, () => ui.say(`dismiss ${id} because ${words}`, `${T.dismiss}: ${name} (${words})`));
  const terms = [T.voluntary[voluntary], T.tellsDwp[dwp]].filter(Boolean).join("; ");
  const age = [item.facts, item.confidence === "low" && T.lowConfidence].filter(Boolean).join("; ");
  const aside = item.dismissed && p("caution", `${T.dismissed} ${inWords(item.dismissed)}`);
  const right = [
    h("h4", {}, T.whoRefers),
    ul("", item.referral?.routes, (one) => route(one, item.way_in)),
    item.cautions && p("caution", b(T.caution), " ", item.cautions.join(" ")),
    p(item.stale ? "caution" : "soft", terms && `${terms}. `, age && `${T.facts} ${age}.`),
    fold(T.more, ul("", [...(item.also ?? []).map(inWords), ...(item.sources ?? [])], (line) => line)),
  ];
  return [
    p("", item.offers),
    h("div", { class: "sides" }, [
      h("div", {}, h("h4", {}, T.why), ul("reasons", item.reasons, reason)),
      h("div", {}, right),
    ]),
    aside || h("div", { class: "row actions" }, [
      act("refer to", T.refer, { class: "primary" }),
      act("tell me about", T.tellMore),
      fold(T.dismiss, h("div", { class: "row" }, T.reasons.map(why))),
    ]),
  ];
}

function card(item, n, names, ui) {
  const warning = T.wayIn[item.way_in];
  const beside = names.get(item.beside);
  const first = warning && p("caution", b(warning), beside && [T.beside, b(beside)]);
  const title = [
    `${item.rank ?? n + 1} `,
    n > 2 && warning && h("span", { class: "soft" }, `${warning} `),
    `${item.name} `,
    h("span", { class: `tag ${item.verdict}` }, item.verdict === "eligible" ? T.eligible : T.possibly),
    item.for_need && h("span", { class: "soft" }, inWords(item.for_need)),
  ];
  const body = cardBody(item, ui);
  const props = { class: "card", "data-service": item.service_id };
  if (n < 3) return h("article", props, first, h("h3", {}, title), body);
  return h("details", props, h("summary", {}, title), first, body);
}

function recommendations({ items = [], rejected = [], plan = [], gaps = [], chips, ...message }, ui) {
  const names = new Map([...rejected, ...items].map((item) => [item.service_id, item.name]));
  const step = ({ service_id: id, why }) => [b(names.get(id) ?? inWords(id)), " ", why];
  const missing = gaps.map((gap) => inWords(gap.barrier ?? gap.condition)).join(", ");
  const whyNot = (item) => [b(item.name), ": ", item.why_not ?? inWords(item.verdict)];
  return h("section", { class: "suggestions", "aria-label": T.suggestions }, [
    p("soft", message.header, message.as_of && ` · ${T.asOf(message.as_of)}`),
    plan.length > 0 && h("div", { class: "plan" }, b(T.plan), ul("", plan, step)),
    !items.length && p("", message.text),
    items.map((item, n) => card(item, n, names, ui)),
    missing && p("", b(T.gaps), missing),
    ul("row actions", chips, ({ title, payload }) => button(title, () => ui.say(payload, title))),
    rejected.length > 0 && fold(T.others(rejected.length), ul("", rejected, whyNot)),
  ]);
}

// --- Safety, referrals and the rest

/** The safety message, in the log and pinned on top. */
export function safety({ text, categories = [], contacts = [] }) {
  const contact = ({ name, service_id: id, phone, unverified, how }) => [
    b(name ?? inWords(id)),
    phone && [" ", tel(phone)],
    unverified && b(` (${T.unconfirmed})`),
    how && `: ${how}`,
  ];
  return h("div", { class: "safety" }, [
    h("h2", {}, `${T.safety}: ${categoriesInWords(categories)}`),
    contacts.length > 0 && h("ol", {}, contacts.map((one) => h("li", {}, contact(one)))),
    p("", contacts.length ? T.notScreen : text),
  ]);
}

function field({ name, label = inWords(name), value, source, required, missing }) {
  const words = [value ?? ""].flat().join(", ");
  const empty = missing || required ? h("span", { class: "tag possible" }, T.missing) : T.leftEmpty;
  return [h("dt", {}, label), h("dd", {}, words || empty, words && source && h("span", { class: "soft" }, ` ${T.from(source)}`))];
}

function draft({ header, text, fields = [], documents, sent }, ui) {
  const line = ({ name, label = name, value }) => `${label}: ${[value ?? T.missing].flat().join(", ")}`;
  return h("section", { class: "card", "aria-label": T.draft }, [
    p("soft", header),
    p("lines", text),
    h("dl", {}, fields.map(field)),
    ul("row", documents, ({ url, kind }) => link(url, inWords(kind))),
    button(T.copy, () => ui.copy(fields.map(line).join("\n"))),
    sent !== true && p("", b(T.nothingSent)),
  ]);
}

/** Topics to be taken elsewhere. */
const TAKEN = /^(record_text|fit_note_comments|handout|summary)$/;
export const copyOf = (message) => message.copy ?? message.text;

function info(message, ui) {
  const taken = TAKEN.test(message.topic);
  return h("section", { class: taken && "card" }, [
    taken && p("soft", message.header),
    p("lines", message.text),
    taken && button(T.copy, () => ui.copy(copyOf(message))),
  ]);
}

const TYPES = { understood, recommendations, safety, referral_draft: draft };

/** The element of a typed message; a type unknown here is shown in its words. */
export function render(message, ui) {
  return (TYPES[message.type] ?? info)(message, ui);
}
