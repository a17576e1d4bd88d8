/**
 * Typed messages of the assistant, as elements. Text goes in as text nodes only, never as markup.
 *
 * `ui` is what a message can ask for: `say(text, shown?)`, `compose(text)`, `copy(text)`,
 * `goTo(serviceId)`. Every renderer takes (message, ui) and returns an element.
 */
import { TEXT as T } from "./text.en.js";

/**
 * Make an element: `h("p", { class: "note" }, "words", child)`. Functions become listeners.
 * @param {string} tag @param {Record<string, any>} [props] @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false && child !== ""));
  return element;
}

export const button = (label, click, props = {}) => h("button", { type: "button", click, ...props }, label);
const list = (items, make, props = {}) => h("ul", props, items.map((item) => h("li", {}, make(item))));
const fold = (title, ...children) => h("details", {}, h("summary", {}, title), ...children);
const hidden = (words) => h("span", { class: "vh" }, words);

/** An id in words, "uc_lcwra" as "UC LCWRA", for what the server sends without a label. */
export function inWords(id) {
  const words = String(id).split(/[_-]/);
  return words.map((word) => (T.acronyms.includes(word) ? word.toUpperCase() : word)).join(" ");
}

/** A link out of the page, if the address is one that a browser may safely open; else its text. */
function link(href, label = href) {
  let address;
  try {
    address = new URL(href, location.href);
  } catch {
    return label;
  }
  if (!["http:", "https:", "mailto:", "tel:"].includes(address.protocol)) return label;
  const web = address.protocol.startsWith("http");
  const props = web ? { target: "_blank", rel: "noopener noreferrer" } : {};
  return h("a", { href: address.href, ...props }, label, web && hidden(` ${T.newTab}`));
}

const phone = (number) => link(`tel:${number.replace(/[^+\d]/g, "")}`, number);

// --- What was understood --------------------------------------------------------------------------

const SILENT = ["work_status_outcome", "gp_area", "answered", "uncertain", "ruled_out"];

/** The facts of a case as chips: `{label, words, remove?, change?}`. */
function facts(known, message) {
  const quote = (slot, value) =>
    message.mentions?.find((m) => m.slot === slot && String(m.value) === String(value))?.text;
  const unsure = (key, id) => (message.whole_case?.uncertain?.[key] ?? []).includes(id);
  const label = (key, value) => message.labels?.[key]?.[value] ?? message.labels?.[`${key}:${value}`];
  const found = [];
  for (const [key, value] of Object.entries(known)) {
    if (SILENT.includes(key)) continue;
    const name = inWords(key);
    if (Array.isArray(value)) {
      if (!value.length) found.push({ label: T.none(name) });
      for (const id of value) {
        const fact = label(key, id) ?? inWords(id);
        const words = [quote(key, id) && T.said(quote(key, id)), unsure(key, id) && T.possible];
        const remove = key === "conditions" || key === "barriers" ? T.not(fact) : `remove ${fact}`;
        found.push({ label: fact, words: words.filter(Boolean).join(", "), remove });
      }
      continue;
    }
    const told =
      label(key, value) ??
      (value === true ? name : value === false ? T.no(name) : T.units[key]?.(value) ?? inWords(value));
    const words = quote(key, value) ? T.said(quote(key, value)) : "";
    found.push({ label: told, words, change: `change ${name} to `, name });
  }
  for (const [key, ids] of Object.entries(known.ruled_out ?? {})) {
    found.push(...ids.map((id) => ({ label: T.not(label(key, id) ?? inWords(id)) })));
  }
  return found;
}

function chip(fact, ui) {
  const parts = [h("span", {}, fact.label)];
  if (fact.words && fact.words !== T.said(fact.label)) {
    parts.push(h("span", { class: "words" }, fact.words));
  }
  if (fact.remove) {
    const name = T.remove(fact.label);
    parts.push(button("×", () => ui.say(fact.remove), { "aria-label": name, title: name }));
  } else if (fact.change) {
    const name = T.change(fact.name);
    parts.push(button("✎", () => ui.compose(fact.change), { "aria-label": name, title: name }));
  }
  return h("li", { class: "chip" }, parts);
}

function chips(known, message, ui) {
  const found = facts(known, message);
  return found.length ? h("ul", { class: "chips" }, found.map((fact) => chip(fact, ui))) : null;
}

function understood(message, ui) {
  const added = chips(message.case ?? {}, message, ui);
  const gone = facts(message.removed ?? {}, {}).map((fact) => fact.label);
  const others = (message.mentions ?? [])
    .filter((m) => T.assertions[m.assertion])
    .map((m) => `${m.text} (${T.assertions[m.assertion]})`);
  const whole = facts(message.whole_case ?? {}, {}).length;
  const more = whole > facts(message.case ?? {}, {}).length;
  return h(
    "section",
    { class: "understood", "aria-label": T.understood },
    added,
    gone.length > 0 && h("p", {}, h("b", {}, T.removed), ` ${gone.join(", ")}`),
    others.length > 0 && h("p", {}, h("b", {}, T.leftOut), ` ${[...new Set(others)].join(", ")}`),
    !added && !gone.length && !others.length && h("p", {}, message.text || T.nothingAdded),
    more && fold(T.everything(whole), chips(message.whole_case, { ...message, mentions: [] }, ui)),
  );
}

// --- A question -----------------------------------------------------------------------------------

/** The open question, to be answered by button, digit or in one's own words. */
export function question(message, ui) {
  const options = message.options ?? [];
  const answer = (payload, title) => ui.say(payload, title);
  const key = (n) => n < 9 && h("kbd", { "aria-hidden": "true" }, n + 1);
  const single = (option, n) =>
    button([key(n), option.title], () => answer(option.payload, option.title), { class: "option" });
  const several = (option, n) =>
    h("label", { class: "option" }, key(n), h("input", { type: "checkbox", value: option.payload }), option.title);
  const group = h(
    "fieldset",
    { class: "question" },
    h("legend", {}, message.text),
    message.multiple && h("p", { class: "hint" }, T.chooseSeveral),
    h("div", { class: "options" }, options.map(message.multiple ? several : single)),
  );
  const boxes = () => [...group.querySelectorAll("input")];
  const done = () => {
    const chosen = boxes().filter((box) => box.checked).map((box) => box.value);
    const titles = options.filter((o) => chosen.includes(o.payload)).map((o) => o.title);
    if (chosen.length) answer(chosen.join(", "), titles.join(", "));
  };
  if (message.multiple) {
    group.addEventListener("change", ({ target }) => {
      // "None" and anything else cannot both be so.
      const clash = (box) => box !== target && (target.value === "none" || box.value === "none");
      if (target.checked) boxes().filter(clash).forEach((box) => (box.checked = false));
    });
    group.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("input")) done();
    });
  }
  group.append(
    h(
      "div",
      { class: "row" },
      message.multiple && button(T.done, done, { class: "primary done" }),
      message.skippable !== false && button(T.dontKnow, () => answer("don't know", T.dontKnow), { class: "skip" }),
    ),
  );
  return group;
}

// --- Recommendations ------------------------------------------------------------------------------

function verdict(item) {
  return h("span", { class: `tag ${item.verdict}` }, T.verdicts[item.verdict] ?? inWords(item.verdict));
}

function reason(made) {
  const words = `${T.marks[made.state] ?? ""} ${T.states[made.state] ?? made.state}`;
  return [h("span", { class: `state ${made.state}` }, words), " ", made.text];
}

function route(made) {
  const who = (made.who ?? []).map((role) => T.roles[role] ?? inWords(role)).join(", ");
  const reach = [made.web && link(made.web), made.phone && phone(made.phone), made.email && link(`mailto:${made.email}`, made.email)];
  return [
    h("b", {}, T.use[made.use] ?? who),
    made.use && who ? ` (${who})` : "",
    `: ${made.how || inWords(made.route)}. `,
    reach.filter(Boolean).flatMap((one) => [one, " "]),
    made.way_in !== "known" && h("span", { class: "warn" }, T.wayIn[made.way_in] ?? ""),
  ].flat();
}

function details(item) {
  const rows = [];
  const add = (key, value) => value && rows.push(h("dt", {}, T.details[key]), h("dd", {}, value));
  for (const key of ["provider", "duration", "capacity", "cost", "hours"]) add(key, item[key]);
  add("languages", [item.languages].flat().filter(Boolean).join(", "));
  const results = (item.evidence ?? []).map((e) => [e.figure, e.cohort, e.source].filter(Boolean).join("; "));
  if (results.length) add("evidence", list(results, (line) => line));
  if (item.also?.length) add("also", item.also.map(inWords).join(", "));
  if (item.sources?.length) add("sources", list(item.sources, (line) => line));
  return rows.length ? fold(T.more, h("dl", {}, rows)) : null;
}

/** "Not for this patient": the reasons unfold in place, and Escape folds them again. */
function dismissal(item, ui) {
  const menu = h("div", { class: "row menu", role: "group", "aria-label": T.dismissWhy(item.name), hidden: true });
  const toggle = button(T.dismiss, () => show(menu.hidden), { "aria-expanded": "false" });
  const show = (open) => {
    menu.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
    (open ? menu.firstChild : toggle).focus();
  };
  const choose = (why) => ui.say(`dismiss ${item.service_id} because ${why}`, `${T.dismiss}: ${item.name} (${why})`);
  menu.append(...T.reasons.map((why) => button(why, () => choose(why))), button(T.cancel, () => show(false)));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    show(false);
  });
  return { toggle, menu };
}

function noWayIn(item, names, ui) {
  if (!item.way_in || item.way_in === "known") return null;
  const other = names.get(item.beside);
  return h(
    "p",
    { class: "no-way-in" },
    h("b", {}, T.wayIn[item.way_in] ?? ""),
    other && [" ", T.beside, button(other, () => ui.goTo(item.beside), { class: "link" })],
  );
}

function cardBody(item, ui) {
  const { toggle, menu } = dismissal(item, ui);
  const routes = item.referral?.routes ?? [];
  const terms = [T.voluntary[item.voluntary], T.tellsDwp[item.tells_dwp]].filter(Boolean).join("; ");
  const age = [item.facts, item.confidence === "low" && T.lowConfidence].filter(Boolean).join("; ");
  const say = (verb, label) => () => ui.say(`${verb} ${item.service_id}`, `${label}: ${item.name}`);
  return [
    item.offers && h("p", {}, item.offers),
    item.reasons?.length > 0 && [h("h4", {}, T.why), list(item.reasons, reason, { class: "reasons" })],
    routes.length > 0 && [h("h4", {}, T.whoRefers), list(routes, route, { class: "routes" })],
    (item.cautions ?? []).map((line) => h("p", { class: "caution" }, h("b", {}, T.caution), ` ${line}`)),
    terms && h("p", { class: "terms" }, `${terms}.`),
    age && h("p", { class: item.stale ? "facts stale" : "facts" }, `${T.facts} ${age}.`),
    details(item),
    h(
      "div",
      { class: "row actions" },
      button(T.refer, say("refer to", T.refer), { class: "primary", "aria-label": `${T.refer}: ${item.name}` }),
      button(T.tellMore, say("tell me about", T.tellMore), { "aria-label": `${T.tellMore}: ${item.name}` }),
      toggle,
    ),
    h("div", { class: "actions" }, menu),
  ].flat();
}

function card(item, n, names, ui) {
  const aside = item.dismissed && h("span", { class: "tag" }, `${T.dismissed}: ${item.dismissed === true ? "" : item.dismissed}`);
  const name = [h("span", { class: "rank" }, `${item.rank ?? n + 1}`), " ", item.name, " "];
  const need = item.for_need && h("span", { class: "need" }, inWords(item.for_need));
  const first = noWayIn(item, names, ui);
  const props = { class: "card", "data-service": item.service_id };
  if (n < 3 && !item.dismissed) {
    const heading = h("h3", { tabindex: "-1" }, name, verdict(item), need);
    return h("article", { ...props, "aria-label": item.name }, first, heading, cardBody(item, ui));
  }
  const warned = first && h("span", { class: "warn" }, T.wayIn[item.way_in] ?? "");
  const summary = h("summary", {}, warned, warned && " ", name, aside || verdict(item), need);
  return h("details", props, summary, first, cardBody(item, ui));
}

function plan(message, names) {
  const steps = (message.plan ?? []).filter((step) => names.has(step.service_id));
  if (!steps.length) return null;
  const told = steps.map((step) => h("li", {}, h("b", {}, names.get(step.service_id)), ` ${step.why ?? ""}`));
  return h("div", { class: "plan" }, h("b", {}, T.plan), h("ol", {}, told));
}

function recommendations(message, ui) {
  const items = message.items ?? [];
  const names = new Map([...(message.rejected ?? []), ...items].map((i) => [i.service_id, i.name]));
  const ordered = [...items.filter((i) => !i.dismissed), ...items.filter((i) => i.dismissed)];
  const gaps = (message.gaps ?? []).map((gap) => inWords(gap.label ?? gap.barrier ?? gap.condition));
  const rejected = message.rejected ?? [];
  const whyNot = (item) => [h("b", {}, item.name), `: ${item.why_not ?? inWords(item.verdict)}`];
  return h(
    "section",
    { class: "recommendations", "aria-label": T.recommendations },
    h("p", { class: "whom" }, message.header, message.as_of && ` · ${T.asOf(message.as_of)}`),
    plan(message, names),
    items.length === 0 && h("p", {}, message.text || T.noItems),
    ordered.map((item, n) => card(item, n, names, ui)),
    gaps.length > 0 && h("p", { class: "gaps" }, h("b", {}, T.gaps), gaps.join(", ")),
    rejected.length > 0 && fold(T.others(rejected.length), list(rejected, whyNot, { class: "why-not" })),
  );
}

// --- Safety, referrals and the rest ---------------------------------------------------------------

export const categoriesInWords = (ids) => ids.map((id) => T.categories[id] ?? inWords(id)).join(", ");

function contact(made) {
  if (typeof made === "string") return [made];
  return [
    h("b", {}, made.name ?? inWords(made.service_id)),
    made.phone && [": ", phone(made.phone)],
    made.unverified && h("span", { class: "warn" }, ` (${T.numberUnconfirmed})`),
    made.how && [made.phone ? ". " : ": ", made.how],
  ].flat().filter(Boolean);
}

/** The safety message; the same element serves in the log and pinned on top. */
export function safety(message) {
  const contacts = message.contacts ?? [];
  const told = contacts.length ? message.lead : message.text;
  return h(
    "div",
    { class: "safety" },
    h("h3", {}, `${T.safety}: ${categoriesInWords(message.categories ?? [])}`),
    told && h("p", {}, told),
    contacts.length > 0 && h("ol", {}, contacts.map((one) => h("li", {}, contact(one)))),
  );
}

function field(made) {
  const empty = made.value == null || made.value === "";
  const value = [made.value].flat().filter((part) => part != null).join(", ");
  const absent = made.missing || made.required
    ? h("span", { class: "tag missing" }, T.missing)
    : h("span", { class: "hint" }, T.optional);
  return [
    h("dt", {}, made.label ?? inWords(made.name)),
    h("dd", {}, empty ? absent : value, made.source && h("span", { class: "words" }, ` ${T.from(made.source)}`)),
  ];
}

function draft(message, ui) {
  const fields = message.fields ?? [];
  const plain = () =>
    fields.map((f) => `${f.label ?? f.name}: ${[f.value ?? `[${T.missing}]`].flat().join(", ")}`).join("\n");
  const documents = message.documents ?? [];
  return h(
    "section",
    { class: "draft", "aria-label": T.draft },
    h("p", { class: "whom" }, message.header),
    h("p", { class: "lines" }, message.text),
    fields.length > 0 && h("dl", { class: "fields" }, fields.flatMap(field)),
    documents.length > 0 && [
      h("h4", {}, T.documents),
      list(documents, (one) => link(one.url, one.title ?? inWords(one.kind)), { class: "documents" }),
    ],
    h("div", { class: "row actions" }, fields.length > 0 && button(T.copyDraft, () => ui.copy(plain()))),
    message.sent !== true && h("p", { class: "unsent" }, h("b", {}, T.nothingSent)),
  );
}

/** Topics whose words are meant to be taken elsewhere. */
export const COPIED = ["record_text", "fit_note_comments", "handout", "summary"];
export const copyOf = (message) => message.copy ?? message.text ?? "";

function info(message, ui) {
  const taken = COPIED.includes(message.topic);
  return h(
    "section",
    { class: taken ? "info taken" : "info" },
    h("p", { class: "lines" }, message.text),
    taken && h("div", { class: "row actions" }, button(T.copy, () => ui.copy(copyOf(message)))),
  );
}

function status(message) {
  const past = (message.history ?? []).map((one) => (typeof one === "string" ? one : Object.values(one).join(" ")));
  return h("section", {}, h("p", { class: "lines" }, message.text), past.length > 0 && list(past, (line) => line));
}

function plainText(message, ui) {
  const options = (message.options ?? []).map((o) => button(o.title, () => ui.say(o.payload, o.title)));
  return h("div", {}, h("p", { class: "lines" }, message.text), options.length > 0 && h("div", { class: "row actions" }, options));
}

const RENDERERS = {
  understood,
  recommendations,
  safety,
  referral_draft: draft,
  referral_status: status,
  info,
  error: (message) => h("p", { class: "error lines" }, message.text),
  // The open question stands above the input; in the log only its words stay.
  question: (message) => h("p", { class: "lines" }, message.text),
};

/** The element for a typed message; an unknown type shows its words. */
export function render(message, ui) {
  return (RENDERERS[message.type] ?? plainText)(message, ui);
}
