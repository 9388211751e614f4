// For every page. Everything works without this file too, only less comfortably.

// Times are rendered in UTC; they are shown in the reader's own time zone, and today's without the date.
function localise(root) {
  const now = new Date();
  for (const element of root.querySelectorAll("time[data-moment]")) {
    const moment = new Date(element.dateTime);
    const language = document.documentElement.lang;
    const time = moment.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
    const day = moment.toLocaleDateString(language, { day: "numeric", month: "long", year: "numeric" });
    element.textContent = moment.toDateString() === now.toDateString() ? time : `${day}, ${time}`;
    element.removeAttribute("data-moment");
  }
}

localise(document);
document.addEventListener("htmx:afterSettle", () => localise(document));

// "None of these" and the other choices exclude each other.
document.addEventListener("change", ({ target }) => {
  if (!target.matches("input[type=checkbox]:checked")) return;
  for (const other of target.form.querySelectorAll(`input[name="${CSS.escape(target.name)}"]:checked`)) {
    const exclusive = target.hasAttribute("data-exclusive") || other.hasAttribute("data-exclusive");
    if (other !== target && exclusive) other.checked = false;
  }
});

// Buttons that do nothing without this file stay hidden without it.
for (const button of document.querySelectorAll("button[data-tick]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const boxes = [...button.form.querySelectorAll(`input[name="${CSS.escape(button.dataset.tick)}"]`)];
    const tick = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = tick;
  });
}

// A list in pages: the number of ticks on all of them follows the ticks on this one.
for (const form of document.querySelectorAll("form[data-ticks]")) {
  const here = () => form.querySelectorAll("input[name=take]:checked").length;
  const elsewhere = Number(form.dataset.ticks) - form.querySelectorAll("input[name=take][checked]").length;
  const show = () => {
    for (const figure of form.querySelectorAll("[data-ticked]")) figure.textContent = elsewhere + here();
  };
  form.addEventListener("change", show);
  show();
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.textContent = button.dataset.done;
  });
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

document.querySelector("#error-summary")?.focus();

// On paper, everything that can be unfolded is.
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const details of opened) details.open = true;
});
window.addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});

// On a guest's page nothing that needed signing in was done, whatever was sent before (static/js/kept-text.js).
if (navigator.cookieEnabled && !document.querySelector("#signed-out")) sessionStorage.removeItem("evenkeel-sent");
