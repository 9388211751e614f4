// Before a form is sent: is the person still signed in, can the server be reached? If not, the page stays as it is and
// says so beside the button. Before a page is left: is something on it unsent?

((words) => {
  const PATIENCE = 8000;
  let checking = null;
  let checked = null;
  let leaving = null;
  let said = null;

  const say = (state, button, form) => {
    said?.note.remove();
    const note = words.querySelector(`[data-not-sent="${state}"]`).cloneNode(true);
    const place = button ?? form;
    (place.closest(".actions, .comment__do") ?? place).after(note);
    said = { state, note, button, form };
  };

  const send = async (form, button) => {
    if (checking) return;
    checking = form;
    try {
      await kept.flush();
      const isOpen = await session.isOpen(AbortSignal.timeout(PATIENCE));
      if (!isOpen) return say("signed-out", button, form);
    } catch {
      return say("unreachable", button, form);
    } finally {
      checking = null;
    }
    if (!form.isConnected) return; // The page was put away meanwhile.
    said?.note.remove();
    checked = form;
    form.requestSubmit(button);
  };

  // First of all listeners, so that none takes a form for sent that is only being checked.
  window.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[method=post]:not([data-signs-out])")) return;
    if (checked === form || form.matches("[data-passkey]")) {
      checked = null;
      leaving = form;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    send(form, event.submitter);
  }, true);

  const sayAgain = (before, now) => {
    if (said?.state !== before) return;
    say(now, said.button, said.form);
    said.button?.focus();
  };
  document.addEventListener("session-open", () => sayAgain("signed-out", "signed-in"));
  window.addEventListener("online", () => sayAgain("unreachable", "reachable"));

  window.addEventListener("beforeunload", (event) => {
    // What other forms of this page hold is kept, and put back when the page comes again.
    if (leaving && (kept.works || !kept.isUnsent(leaving))) return;
    if (kept.isUnsent()) event.preventDefault();
  });
  window.addEventListener("pagehide", () => leaving && kept.markSent(leaving));
  document.addEventListener("click", ({ target }) => target.closest("a") && (leaving = null));
  window.addEventListener("pageshow", ({ persisted }) => persisted && (leaving = null));
})(document.querySelector("#kept-words").content);
