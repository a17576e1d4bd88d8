/** The interface's words in the language of the page; in English where that is not held. */
const held = /^(en)\b/.exec(document.querySelector("fingerpost-chat")?.closest("[lang]")?.lang);
export const { TEXT } = await import(`./text.${held?.[1] ?? "en"}.js`);
