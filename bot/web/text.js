/** The words in the page's language, where they are held; else in English. */
const language = document.querySelector("fingerpost-chat")?.closest("[lang]")?.lang.slice(0, 2) ?? "en";
export const { TEXT } = await import(`./text.${language}.js`).catch(() => import("./text.en.js"));
