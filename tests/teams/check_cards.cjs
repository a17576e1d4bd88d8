// Reads cards (a JSON list) from standard input, and prints what Microsoft's own parser finds wrong in each.
//
// The parser is asked for version 1.5, so that whatever is newer is told. It drops what it does not know; so a
// card that comes out as it went in has no property, value or element but those of the published schema.
const { readFileSync } = require("node:fs");
const { isDeepStrictEqual } = require("node:util");
const AC = require("adaptivecards/dist/adaptivecards.js");

const MOST_ACTIONS = 6;

/** What the two parsers of ours and theirs may write differently: their defaults, which they leave out. */
const DEFAULTS = {
  size: "Default", spacing: "Default", style: "compact", isVisible: true, weight: "Default", text: "",
};

function differences(given, kept, path = "") {
  if (Array.isArray(given)) {
    if (!Array.isArray(kept) || kept.length !== given.length) return [`${path}: something was dropped`];
    return given.flatMap((one, n) => differences(one, kept[n], `${path}[${n}]`));
  }
  if (given && typeof given === "object") {
    return Object.entries(given).flatMap(([key, value]) => {
      if (path.endsWith("data")) return isDeepStrictEqual(given, kept) ? [] : [`${path}: data changed`];
      if (kept === undefined) return [`${path}: dropped`];
      if (!(key in kept) && DEFAULTS[key] === value) return [];
      return differences(value, kept[key], `${path}.${key}`);
    });
  }
  return isDeepStrictEqual(given, kept) || String(given).toLowerCase() === String(kept).toLowerCase()
    ? [] : [`${path}: ${JSON.stringify(given)} became ${JSON.stringify(kept)}`];
}

/** The parser reads an action's fallback but does not write it; so each is taken out, to be read by itself. */
function withoutFallbacks(node, taken) {
  if (Array.isArray(node)) return node.map((one) => withoutFallbacks(one, taken));
  if (!node || typeof node !== "object") return node;
  const { fallback, ...rest } = node;
  if (fallback) taken.push(fallback);
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, withoutFallbacks(value, taken)]));
}

function faults(whole) {
  const fallbacks = [];
  const given = withoutFallbacks(whole, fallbacks);
  const spare = { type: "AdaptiveCard", version: "1.5", actions: [] };
  return [given, ...fallbacks.map((one) => ({ ...spare, actions: [one] }))].flatMap(faultsOf);
}

function faultsOf(given) {
  const context = new AC.SerializationContext(AC.Versions.v1_5);
  const card = new AC.AdaptiveCard();
  card.hostConfig = new AC.HostConfig({ actions: { maxActions: MOST_ACTIONS } });
  card.parse(structuredClone(given), context);
  const found = [];
  for (let n = 0; n < context.eventCount; n += 1) found.push(context.getEventAt(n).message);
  const validation = card.validateProperties();
  for (const event of validation.validationEvents) found.push(event.message);
  found.push(...differences(given, card.toJSON()));
  return found;
}

const cards = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(cards.map(faults)));
