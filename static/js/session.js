// When the session has ended, an open page is put away: it is no longer in the document, for whoever uses the browser next.
// What was typed comes back with the page, once the same person has signed in again in another tab.
const session = ((template) => {
  const { ask, key, person, seconds } = template.dataset;
  const notice = template.content.firstElementChild;
  const channel = new BroadcastChannel("evenkeel-sessions");
  const title = document.title;
  let away = null;
  let timer;
  let signingOut = false;

  const putAway = () => {
    if (away) return;
    away = document.createDocumentFragment();
    away.append(...[...document.body.children].filter((each) => !each.matches("script, template")));
    document.body.prepend(notice);
    document.title = `${notice.querySelector("h1").textContent} – Evenkeel`;
    notice.focus();
  };

  const putBack = (token) => {
    renewTokens(away ?? document, token);
    if (!away) return;
    notice.replaceWith(away);
    document.title = title;
    away = null;
  };

  // Signing in changes the token of every form.
  const renewTokens = (root, token) => {
    for (const field of root.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  };

  // Whether the same person is still signed in. Asking is not using the page: it does not make the session longer.
  const isOpen = async (signal) => {
    const answer = await fetch(`${ask}?seen=1`, { headers: { "HX-Request": "true" }, cache: "no-store", signal });
    if (!answer.ok) throw new Error(answer.status);
    const now = await answer.json();
    const isSame = String(now.person) === person;
    if (isSame) {
      putBack(now.token);
      document.dispatchEvent(new Event("session-open"));
    }
    return isSame;
  };

  const look = async () => {
    if (!(await isOpen())) putAway();
  };

  const lookIfSomebodyIsThere = () => {
    if (document.visibilityState === "visible") look().catch(() => {});
  };

  // So long after the last request the session is over, whether or not the server can be asked.
  const begin = () => {
    clearTimeout(timer);
    timer = setTimeout(() => look().then(begin, putAway), Number(seconds) * 1000);
  };

  document.addEventListener("submit", ({ target }) => (signingOut = target.matches("form[data-signs-out]")));
  // Whoever was asked whether to leave, and stayed, has not signed out.
  for (const sign of ["input", "pointerdown", "keydown"]) document.addEventListener(sign, () => (signingOut = false));
  window.addEventListener("pagehide", () => {
    if (!signingOut) return;
    channel.postMessage(person);
    document.dispatchEvent(new Event("signed-out"));
  });
  channel.addEventListener("message", ({ data }) => {
    if (data !== person) return;
    document.dispatchEvent(new Event("signed-out"));
    putAway();
  });
  document.addEventListener("visibilitychange", lookIfSomebodyIsThere);
  document.addEventListener("htmx:afterRequest", begin);
  window.addEventListener("focus", lookIfSomebodyIsThere);
  window.addEventListener("pageshow", ({ persisted }) => persisted && lookIfSomebodyIsThere());
  begin();
  return { isOpen, key, person };
})(document.querySelector("#signed-out"));
