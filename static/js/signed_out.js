// When the session has ended, an open page is put away: it is no longer in the document, for whoever uses the browser next.
// What was typed comes back with the page, once the same person has signed in again in another tab.
"use strict";

(() => {
  const template = document.querySelector("#signed-out");
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
})();
