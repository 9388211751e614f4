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

// On a guest's page nothing that needed signing in was done, whatever was sent before (static/js/signed-in.js).
if (navigator.cookieEnabled && !document.querySelector("#signed-out")) sessionStorage.removeItem("evenkeel-sent");

// Counts down what a text field takes. Nothing is cut: the server refuses what is too long, and gives it back.

(() => {
  const SHOWN_FROM = 0.75;
  const READ_AFTER = 1000;
  const { left, over, lines } = document.querySelector("#limit-words").dataset;
  const counters = new WeakMap();

  const counterOf = (field) => {
    if (counters.has(field)) return counters.get(field);
    const [seen, read] = [document.createElement("p"), document.createElement("p")];
    seen.className = "hint limit";
    seen.setAttribute("aria-hidden", "true");
    read.className = "visually-hidden";
    read.setAttribute("role", "status");
    field.after(seen, read);
    counters.set(field, { seen, read, timer: 0 });
    return counters.get(field);
  };

  // The server counts characters, and a line break as one. A field may also have a limit of lines.
  const wordsFor = ({ dataset, value }) => {
    const rest = Number(dataset.limit) - [...value].length;
    const tooManyLines = value.split("\n").length - Number(dataset.limitLines ?? Infinity);
    if (rest < 0) return `${over} ${-rest}`;
    if (tooManyLines > 0) return `${lines} ${tooManyLines}`;
    return rest > Number(dataset.limit) * (1 - SHOWN_FROM) ? "" : `${left} ${rest}`;
  };

  const show = (field) => {
    const text = wordsFor(field);
    if (!text && !counters.has(field)) return;
    const counter = counterOf(field);
    counter.seen.textContent = text;
    counter.seen.classList.toggle("field-error", text !== "" && !text.startsWith(left));
    clearTimeout(counter.timer);
    counter.timer = setTimeout(() => (counter.read.textContent = text), READ_AFTER);
  };

  document.addEventListener("input", ({ target }) => target.matches("[data-limit]") && show(target));
  for (const field of document.querySelectorAll("[data-limit]")) show(field);
})();
