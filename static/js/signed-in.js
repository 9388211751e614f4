// For pages of people who are signed in: put away once the session has ended, text kept until it is sent, forms sent once it
// is known that they can be.

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

// Keeps what is typed into a form, in this tab, until the server has it: through a crash, an ended session, an error, the
// back button. It is encrypted. Only pages of the same person have the key, so whoever comes next cannot read it.
// docs/decisions/0021-nothing-typed-is-lost.md says why, and what is never kept.

const kept = (() => {
  const PREFIX = "evenkeel-kept ";
  const SENT = "evenkeel-sent";
  const LONGEST = 24 * 60 * 60 * 1000;
  const TYPING_PAUSE = 300;
  const FORM = "form[method=post]:not([data-signs-out], [data-not-kept])";
  const NO_TEXT = ["hidden", "password", "file", "checkbox", "radio", "submit", "button", "reset", "image", "range", "color"];
  const NOT_KEPT = "[readonly], [data-not-kept], [autocomplete=one-time-code]";
  const works = isSecureContext && navigator.cookieEnabled; // Else there is no encryption, or no storage.
  const bases = new WeakMap();
  const offered = new Map();
  const timers = new Map();
  const words = document.querySelector("#kept-words").content;
  let writing = Promise.resolve();
  let isSignedOut = false;

  const isText = (field) =>
    (field.matches("textarea") || (field.matches("input") && !NO_TEXT.includes(field.type))) && !field.matches(NOT_KEPT);
  const isChoice = (field) => field.matches("select, input[type=checkbox], input[type=radio]");
  const fieldsOf = (form) => [...form.elements].filter((field) => field.name && (isText(field) || isChoice(field)));
  const forms = () => [...document.querySelectorAll(FORM)];
  const pathOf = (form) => new URL(form.getAttribute("action") || location.href, location.href).pathname;

  // What a form is called, on whichever page it stands: where it is sent, and which one it is of those.
  const nameOf = (form) => {
    const alike = forms().filter((each) => pathOf(each) === pathOf(form) && !each.getAttribute("id"));
    return `${PREFIX}${pathOf(form)} ${form.getAttribute("id") ?? alike.indexOf(form)}`;
  };

  const shown = (field) => {
    if (field.matches("select")) return [...field.options].find((each) => each.defaultSelected)?.value ?? field.options[0]?.value;
    return isText(field) ? field.defaultValue : field.defaultChecked;
  };
  const given = (field) => (isText(field) || field.matches("select") ? field.value : field.checked);
  const put = (field, value) => (field[isText(field) || field.matches("select") ? "value" : "checked"] = value);
  const isUnsentField = (field) => given(field) !== (bases.get(field) ?? shown(field));

  // One line for each field that differs from what the server has; `nth` of the fields with that name.
  const unsentOf = (form) => {
    const fields = fieldsOf(form);
    return fields.filter(isUnsentField).map((field) => ({
      name: field.name,
      nth: fields.filter((each) => each.name === field.name).indexOf(field),
      text: isText(field),
      value: given(field),
      base: bases.get(field) ?? shown(field),
    }));
  };
  const hasText = (lines) => lines.some((line) => line.text);
  const fieldOf = (form, { name, nth }) => fieldsOf(form).filter((each) => each.name === name)[nth];
  const isUnsent = (but) => forms().some((form) => form !== but && hasText(unsentOf(form)));

  // Encrypted with what every page of this person carries.
  const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const hex = (buffer) => [...new Uint8Array(buffer)].map((each) => each.toString(16).padStart(2, "0")).join("");
  const importKey = () => crypto.subtle.importKey("raw", bytes(session.key), "AES-GCM", false, ["encrypt", "decrypt"]);
  const key = works ? importKey() : null;
  const encrypt = async (lines) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(lines));
    return { iv: hex(iv), data: hex(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key, plain)) };
  };
  const decrypt = async ({ iv, data }) => {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(iv) }, await key, bytes(data));
    return JSON.parse(new TextDecoder().decode(plain));
  };

  const write = async (form) => {
    const name = nameOf(form);
    const mine = unsentOf(form);
    const isMine = (line) => mine.some((each) => each.name === line.name && each.nth === line.nth);
    const lines = [...mine, ...(offered.get(form) ?? []).filter((line) => !isMine(line))];
    if (!hasText(lines)) return sessionStorage.removeItem(name);
    const before = JSON.parse(sessionStorage.getItem(name) ?? "{}");
    const page = before.page ?? { href: location.pathname + location.search, title: document.title };
    const entry = { person: session.person, at: Date.now(), page, ...(await encrypt(lines)) };
    if (!isSignedOut) sessionStorage.setItem(name, JSON.stringify(entry));
  };
  const keep = (form) => {
    clearTimeout(timers.get(form));
    timers.delete(form);
    if (works) writing = writing.then(() => write(form)).catch(() => {});
    return writing;
  };
  const flush = () => Promise.all([...timers.keys()].map(keep));
  const noteTyping = ({ target }) => {
    if (!target.form?.matches(FORM)) return;
    clearTimeout(timers.get(target.form));
    timers.set(target.form, setTimeout(keep, TYPING_PAUSE, target.form));
  };

  const drop = (name) => sessionStorage.removeItem(name);
  const forget = () => {
    isSignedOut = true;
    if (!works) return;
    for (const name of Object.keys(sessionStorage)) if (name.startsWith(PREFIX) || name === SENT) drop(name);
  };

  const textOf = (lines) => lines.filter((line) => line.text && line.value).map((line) => line.value).join("\n\n");
  const notice = (selector, lines) => {
    const made = words.querySelector(selector).cloneNode(true);
    made.querySelector("[data-kept-text]").value = textOf(lines);
    return made;
  };

  const putBack = (form, lines) => {
    offered.delete(form);
    for (const line of lines) {
      const field = fieldOf(form, line);
      if (!field) continue;
      put(field, line.value);
      for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
      field.closest("details")?.setAttribute("open", "");
    }
  };

  const offer = (form, name, lines) => {
    const made = notice("[data-kept-offer]", lines);
    const fields = lines.map((line) => fieldOf(form, line));
    const first = fields.find((field, index) => field && lines[index].text);
    offered.set(form, lines);
    made.querySelector("[data-changed-since]").hidden = lines.every((line, n) => !fields[n] || shown(fields[n]) === line.base);
    made.querySelector("[data-put-back]").addEventListener("click", () => {
      putBack(form, lines);
      if (fields.every(Boolean)) made.remove();
      else made.querySelector("details").open = true;
      first?.focus();
    });
    made.querySelector("[data-throw-away]").addEventListener("click", () => {
      offered.delete(form);
      drop(name);
      keep(form);
      made.remove();
      first?.focus();
    });
    (first?.labels?.[0] ?? first ?? form).before(made);
    made.closest("details")?.setAttribute("open", "");
  };

  // Of a form that is not on this page: where it is, and its text.
  const pointTo = (name, { href, title }, lines) => {
    const made = notice("[data-kept-elsewhere]", lines);
    const link = made.querySelector("a");
    link.href = href;
    link.textContent = title.replace(/ – Evenkeel$/, "");
    made.querySelector("[data-throw-away]").addEventListener("click", () => {
      drop(name);
      made.remove();
      document.querySelector("main").focus();
    });
    document.querySelector("main").prepend(made);
  };

  // What was sent was done if it led on to another page, or its answer shows something else than the form again.
  const [landing] = performance.getEntriesByType("navigation");
  const isError = landing?.responseStatus >= 400 || document.querySelector(".page--error, #error-summary") !== null;
  const wasDone = (form) =>
    landing?.type === "navigate" && !isError && (landing.redirectCount > 0 || !form) && !document.querySelector("[data-nothing-done]");

  const settle = (form, name, lines, sent) => {
    const fields = lines.map((line) => fieldOf(form, line));
    const isShown = lines.every((line, n) => !line.text || (fields[n] && shown(fields[n]) === line.value));
    if (isShown && !isError) drop(name);
    else if (isShown) lines.forEach((line, n) => fields[n] && bases.set(fields[n], line.base));
    else if (sent && sent !== name && fields.every(Boolean)) putBack(form, lines); // Another form of the page was sent.
    else offer(form, name, lines);
  };

  const begin = async () => {
    if (!works) return;
    const sent = sessionStorage.getItem(SENT);
    const asksFirst = document.querySelector("[data-asks-first]");
    if (!asksFirst) drop(SENT);
    for (const name of Object.keys(sessionStorage).filter((each) => each.startsWith(PREFIX))) {
      const entry = JSON.parse(sessionStorage.getItem(name));
      const isOver = entry.person !== session.person || Date.now() - entry.at > LONGEST;
      const form = forms().find((each) => nameOf(each) === name);
      const isDone = name === sent && !asksFirst && wasDone(form);
      const lines = isOver || isDone ? null : await decrypt(entry).catch(() => null);
      if (!lines) drop(name);
      else if (form) settle(form, name, lines, sent);
      else if (!asksFirst) pointTo(name, entry.page, lines);
    }
  };

  // What autosave has stored is no longer unsent, unless somebody went on typing.
  document.addEventListener("htmx:afterRequest", ({ detail: { elt, successful, requestConfig, xhr } }) => {
    if (!successful || new URL(xhr.responseURL, location.href).pathname !== requestConfig.path.split("?")[0]) return;
    for (const field of elt.querySelectorAll("input, textarea")) {
      const stored = requestConfig.formData?.get(field.name);
      if (isText(field) && stored?.replace(/\r\n/g, "\n") === field.value) bases.set(field, field.value);
      if (field.form?.matches(FORM)) keep(field.form);
    }
  });
  document.addEventListener("input", noteTyping);
  document.addEventListener("change", noteTyping);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flush());
  document.addEventListener("signed-out", forget);
  begin();
  return { flush, isUnsent, works, markSent: (form) => works && sessionStorage.setItem(SENT, nameOf(form)) };
})();

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
