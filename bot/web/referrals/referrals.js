/** Comfort for the pages of the referrals room; every one of them works without it. */
const $ = (css) => document.querySelector(css);

// Inside a frame a browser leaves the focus where it was: outside.
if (parent !== window) ($("[autofocus]") ?? $("#main")).focus();

// What was pasted is taken apart at once.
$("#paste")?.addEventListener("paste", () => setTimeout(() => $("#panel").requestSubmit($("#take-apart"))));

// Ctrl+Enter is the main button.
addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) $("#go")?.click();
});

// What names a patient does not stay on a screen that nobody is at. (What was typed there goes with it.)
const naming = [...document.querySelectorAll("[data-names]")];
const limit = document.body.dataset.idleMinutes * 60000;
let touched = Date.now();
for (const event of ["keydown", "pointerdown", "pointermove", "scroll"]) {
  addEventListener(event, () => (touched = Date.now()), { passive: true });
}
const named = (part) => {
  const fields = [...part.querySelectorAll("#paste, [name^='id.']")];
  return part.id !== "patient" || fields.some((field) => field.value);
};
// Not one long timer: a machine that slept has to notice it when it wakes.
if (naming.length && limit) {
  setInterval(() => {
    const shown = Date.now() - touched > limit && naming.find(named);
    if (shown) location.replace(shown.dataset.names);
  }, 5000);
}

// A double click is one click; after going back the buttons are there again.
for (const form of document.forms) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    addEventListener("pageshow", () => delete form.dataset.sent);
  });
}

for (const button of document.querySelectorAll(".copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copies);
    try {
      await navigator.clipboard.writeText(text.value ?? text.textContent);
      $("#copied").textContent = button.dataset.copied;
    } catch {
      text.select?.();
    }
  });
}
