/** The words in the page's language, where it is held. */
const held = /^(en)\b/.exec(document.querySelector("fingerpost-chat")?.closest("[lang]")?.lang);
export const { TEXT } = await import(`./text.${held?.[1] ?? "en"}.js`);
