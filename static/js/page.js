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

// When the session has ended, an open page is put away: it is no longer in the document, for whoever uses the browser next.
// What was typed comes back with the page, once the same person has signed in again in another tab.
((template) => {
  if (!template) return; // a guest's page
  const { ask, person, seconds } = template.dataset;
  const notice = template.content.firstElementChild;
  const channel = new BroadcastChannel("evenkeel-sessions");
  const title = document.title;
  let away = null;
  let timer;

  const putAway = () => {
    if (away) return;
    away = document.createDocumentFragment();
    away.append(...[...document.body.children].filter((each) => !each.matches("script, template")));
    document.body.prepend(notice);
    document.title = `${notice.querySelector("h1").textContent} – Evenkeel`;
    notice.focus();
  };

  const putBack = (token) => {
    if (!away) return;
    for (const field of away.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    notice.replaceWith(away);
    document.title = title;
    away = null;
  };

  // Asking is not using the page: it does not make the session longer.
  const look = async () => {
    const answer = await fetch(`${ask}?seen=1`, { headers: { "HX-Request": "true" }, cache: "no-store" });
    if (!answer.ok) return;
    const now = await answer.json();
    if (String(now.person) === person) putBack(now.token);
    else putAway();
  };

  const lookIfSomebodyIsThere = () => {
    if (document.visibilityState === "visible") look().catch(() => {});
  };

  // So long after the last request the session is over, whether or not the server can be asked.
  const begin = () => {
    clearTimeout(timer);
    timer = setTimeout(() => look().then(begin, putAway), Number(seconds) * 1000);
  };

  document.addEventListener("submit", ({ target }) => {
    if (target.matches("form[data-signs-out]")) window.addEventListener("pagehide", () => channel.postMessage(person));
  });
  channel.addEventListener("message", ({ data }) => {
    if (data === person) putAway();
  });
  document.addEventListener("visibilitychange", lookIfSomebodyIsThere);
  document.addEventListener("htmx:afterRequest", begin);
  window.addEventListener("focus", lookIfSomebodyIsThere);
  window.addEventListener("pageshow", ({ persisted }) => persisted && lookIfSomebodyIsThere());
  begin();
})(document.querySelector("#signed-out"));
