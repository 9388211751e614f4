// Autosave around htmx: shows the state of each save, keeps what a failed save did not store, and tries again.
// The page works without this file: then the button at its end saves everything.

const TYPING_PAUSE = 1200;
const FIRST_RETRY = 3000;
const LONGEST_RETRY = 60000;

const answers = document.querySelector("form.answers");
const timers = new WeakMap();
const retries = new Map();
let submitting = false;

const pathOf = (url) => new URL(url, location.href).pathname;
const stateOf = (question) => question.querySelector(".save-state");
const isText = (field) => field.matches("textarea, input[type=text]");
const save = (question) => question.dispatchEvent(new CustomEvent("save"));

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function sayUnsaved(question, text, ...more) {
  const retry = element("button", "btn btn-secondary btn-sm", answers.dataset.retry);
  retry.type = "button";
  retry.addEventListener("click", () => save(question));
  stateOf(question).replaceChildren(element("span", "field-error", text), ...more, retry);
}

function failed(question) {
  const waited = retries.get(question)?.wait;
  const wait = waited ? Math.min(waited * 2, LONGEST_RETRY) : FIRST_RETRY;
  clearTimeout(retries.get(question)?.timer);
  retries.set(question, { wait, timer: setTimeout(save, wait, question) });
  sayUnsaved(question, answers.dataset.failed);
}

// The session has ended: do not try again until the person has signed in, in another tab.
function signedOut(question) {
  clearTimeout(retries.get(question)?.timer);
  retries.set(question, { signedOut: true });
  const link = element("a", "", answers.dataset.signIn);
  link.href = answers.dataset.signInUrl;
  link.target = "_blank";
  sayUnsaved(question, answers.dataset.signedOut, link);
}

// Signing in changes the page's token. If a new one does not help either, the person may no longer do this.
async function renewToken() {
  const response = await fetch(location.href);
  if (pathOf(response.url) !== location.pathname) return "signed out";
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const token = fresh.querySelector("form.answers [name=csrfmiddlewaretoken]")?.value;
  if (!response.ok || !token) return "refused";
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  return "renewed";
}

async function forbidden(question) {
  const before = retries.get(question);
  clearTimeout(before?.timer);
  retries.set(question, { renewed: true });
  const outcome = before?.renewed ? "refused" : await renewToken().catch(() => "failed");
  if (outcome === "renewed") save(question);
  else if (outcome === "signed out") signedOut(question);
  else if (outcome === "failed") failed(question);
  else sayUnsaved(question, answers.dataset.refused);
}

function settled(question, saved) {
  clearTimeout(retries.get(question)?.timer);
  retries.delete(question);
  if (!saved) {
    question.classList.add("question--unsaved");
    return;
  }
  question.classList.remove("question--invalid");
  for (const old of question.querySelectorAll(":scope > .conflict")) old.remove();
  if (document.activeElement === document.body) stateOf(question).focus({ preventScroll: true });
}

document.addEventListener("input", ({ target }) => {
  const question = target.closest(".question");
  if (!question) return;
  question.classList.add("question--unsaved");
  if (!isText(target)) return;
  stateOf(question).querySelector(".saved")?.remove();
  clearTimeout(timers.get(question));
  timers.set(question, setTimeout(save, TYPING_PAUSE, question));
});

document.addEventListener("change", ({ target }) => {
  const question = target.closest(".question");
  if (question && !isText(target)) save(question);
});

// Leaving a text saves it, except for a button beside the answer: redrawn under the pointer, it would miss the click.
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const question = target.closest(".question--unsaved");
  if (question && isText(target) && !stateOf(question).contains(relatedTarget)) save(question);
});

// Enter in a question never submits the page; in a text that is one line it saves.
const isOneLine = (field) => field.matches(".question__reason textarea, .question__evidence textarea");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches(".question :is(input, textarea)")) return;
  if (isText(event.target) && !isOneLine(event.target)) return;
  event.preventDefault();
  if (isText(event.target)) save(event.target.closest(".question"));
});

// The server takes the token from the header, so that what is sent is one question and nothing else.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  detail.headers["X-CSRFToken"] = answers.querySelector("[name=csrfmiddlewaretoken]").value;
});

document.addEventListener("htmx:beforeRequest", ({ target: question }) => {
  if (!question.matches(".question")) return;
  clearTimeout(timers.get(question));
  question.classList.remove("question--unsaved");
  question.classList.add("question--saving");
  stateOf(question).replaceChildren(element("span", "muted", answers.dataset.saving));
});

const wasRedirected = ({ xhr, requestConfig }) => xhr.responseURL && pathOf(xhr.responseURL) !== pathOf(requestConfig.path);

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (wasRedirected(detail)) detail.shouldSwap = false;
});

document.addEventListener("htmx:afterRequest", ({ target: question, detail }) => {
  if (!question.matches(".question")) return;
  question.classList.remove("question--saving");
  const { status } = detail.xhr;
  // Where the next question has come already, what was not saved is shown again, once.
  if (!(status >= 200 && status < 300) && !retries.has(question) && !question.checkVisibility()) location.hash = question.id;
  if (wasRedirected(detail)) signedOut(question);
  else if (detail.successful) settled(question, true);
  else if (status === 409 || status === 422) settled(question, false);
  else if (status === 403) forbidden(question);
  else if (status === 404) sayUnsaved(question, answers.dataset.refused);
  else failed(question);
});

// Only once the person chooses to keep their own version does this page take on the number of the other one.
document.addEventListener("click", (event) => {
  const keep = event.target.closest("[data-keep-mine]");
  const question = keep?.closest(".question");
  if (!question) return;
  event.preventDefault();
  question.querySelector(`#id_${question.id}-version`).value = keep.value;
  save(question);
});

// Confirming an answer is saving it with a word more. If the save fails, trying again confirms it too.
document.addEventListener("click", (event) => {
  const confirm = event.target.closest("[data-confirm]");
  const question = confirm?.closest(".question");
  if (!question) return;
  event.preventDefault();
  confirm.parentElement.querySelector("input[type=hidden]").value = confirm.value;
  save(question);
});

// Taking the other version redraws the whole question. Where one is shown at a time, it has to become the target again
// before the page is painted, or another question flashes up.
document.addEventListener("htmx:afterSwap", ({ target }) => {
  if (target.matches(".question") && location.hash === `#${target.id}`) location.replace(location.hash);
});

document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.matches(".question")) stateOf(target).focus();
});

// A browser that does not let a text grow with its content would cut it on paper.
window.addEventListener("beforeprint", () => {
  for (const text of document.querySelectorAll(".question textarea")) {
    if (text.value) text.style.minHeight = `${text.scrollHeight}px`;
  }
});
window.addEventListener("afterprint", () => {
  for (const text of document.querySelectorAll(".question textarea")) text.style.minHeight = "";
});

window.addEventListener("online", () => [...retries.keys()].forEach(save));
window.addEventListener("focus", () => {
  for (const [question, { signedOut: waits }] of retries) if (waits) save(question);
});

answers.addEventListener("submit", () => {
  submitting = true;
});
window.addEventListener("beforeunload", (event) => {
  const unsaved = document.querySelector(".question--unsaved, .question--saving");
  if (!submitting && (unsaved || retries.size)) event.preventDefault();
});

// A page restored by the back button may hold old versions of the answers.
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload();
});

// One key an answer: 1 to 5 and D choose and go on, N chooses, Enter goes on. Where one question is shown at a time, a
// line that is pressed goes on as well. Going on leads to the next open question, and from the last one to the next page.
// The page says so before the questions, and a button there switches it off. Without this file the buttons between
// questions save the page instead.

(() => {
  const panel = document.querySelector(".answer-keys");
  const [button, , said] = panel.children;
  const KEPT = "evenkeel-answer-keys";
  const OTHER_VALUES = { d: "unknown", n: "na" };
  const phone = matchMedia("(max-width: 40rem)");
  let on = localStorage.getItem(KEPT) !== "off";
  let byPointer = false;

  const show = () => {
    const words = phone.matches ? [panel.dataset.phoneOn, panel.dataset.phoneOff] : [panel.dataset.on, panel.dataset.off];
    button.textContent = words[on ? 0 : 1];
    button.setAttribute("aria-pressed", on);
    document.body.classList.toggle("keys-on", on);
  };

  const all = () => [...document.querySelectorAll("form.answers .question")];
  const questions = () => all().filter((each) => each.checkVisibility());
  const oneAtATime = () => phone.matches && questions().length === 1;
  const isFolded = (question) => question.querySelector(".question__folded:not([open])") !== null;
  const isOpen = (question) => !question.querySelector("input[type=radio]:checked") || question.querySelector(".taken-over");

  // Where the focus is; else the first one of which more than its end is in sight.
  const currentQuestion = () => {
    const focused = document.activeElement.closest(".question-screen")?.querySelector(".question");
    const inSight = (each) => !isFolded(each) && each.getBoundingClientRect().bottom > innerHeight / 3;
    return focused && !isFolded(focused) ? focused : questions().find(inSight);
  };

  const focusOn = (question) => {
    const radios = [...question.querySelectorAll("input[type=radio]")];
    (radios.find((radio) => radio.checked) ?? radios[0]).focus({ preventScroll: true });
    const { height } = question.getBoundingClientRect();
    question.scrollIntoView({ block: height > innerHeight * 0.8 ? "start" : "nearest" });
  };

  const goTo = (question) => {
    if (!question.checkVisibility()) location.hash = question.id;
    if (isFolded(question)) question.querySelector(".question__folded > summary").focus();
    else focusOn(question);
  };

  // To the next open question of the page, or to its end.
  const goOn = (question) => {
    const later = all().slice(all().indexOf(question) + 1);
    const next = later.find(isOpen);
    if (next) return goTo(next);
    const end = document.querySelector("form.answers .answers__end button");
    if (!end.checkVisibility()) return;
    end.focus({ preventScroll: true });
    end.scrollIntoView({ block: "nearest" });
  };

  // After an answer: where it was the last open one, the page is done. A conflict or an error stays in sight.
  const goOnAfterAnswer = (question) => {
    const stopped = document.querySelector("form.answers :is(.conflict, .question--invalid)");
    if (all().some(isOpen) || stopped) return goOn(question);
    answers.requestSubmit(document.querySelector("form.answers .answers__end button"));
  };

  const choose = (question, value) => {
    const radio = question.querySelector(`input[type=radio][value="${value}"]`);
    if (!radio || radio.disabled) return false;
    if (!radio.checked) {
      radio.checked = true;
      for (const name of ["input", "change"]) radio.dispatchEvent(new Event(name, { bubbles: true }));
    }
    say(radio);
    return radio;
  };

  const say = (radio) => {
    said.textContent = `${panel.dataset.said} ${radio.labels[0].textContent.trim()}`;
  };

  const isTaken = (target) => target.closest("a, button, summary, select, textarea, [contenteditable], input:not([type=radio])");

  document.addEventListener("keydown", (event) => {
    byPointer = false;
    if (!on || event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
    if (isTaken(event.target) || !panel.checkVisibility() || phone.matches) return;
    const question = currentQuestion();
    if (!question) return;
    const key = event.key.toLowerCase();
    if (key === "enter") {
      event.preventDefault();
      goOn(question);
      return;
    }
    const value = /^[1-5]$/.test(key) ? String(key - 1) : OTHER_VALUES[key];
    const radio = value && choose(question, value);
    if (!radio) return;
    event.preventDefault();
    // A reason has to be given where a question does not apply.
    if (value !== "na") return goOnAfterAnswer(question);
    radio.focus({ preventScroll: true });
    question.querySelector(".question__reason textarea")?.focus();
  });

  // A pressed line goes on; arrow keys in a group only look, so that nobody is led on while looking for the right line.
  document.addEventListener("pointerdown", () => {
    byPointer = true;
  });
  document.addEventListener("change", ({ target }) => {
    const question = target.closest("form.answers .question");
    if (!question || !target.matches("input[type=radio]")) return;
    const given = question.querySelector(".question__given");
    if (given) given.textContent = target.labels[0].textContent.trim();
    if (!on || !byPointer || target.value === "na" || !oneAtATime()) return;
    say(target);
    goOnAfterAnswer(question);
  });

  document.addEventListener("click", (event) => {
    const to = event.target.closest(".question-screen__go button[name=to]");
    const question = to && document.getElementById(to.value);
    if (!question || !oneAtATime()) return;
    event.preventDefault();
    goTo(question);
  });

  button.addEventListener("click", () => {
    on = !on;
    localStorage.setItem(KEPT, on ? "on" : "off");
    show();
  });

  // An address with a question opens it.
  const unfold = () => {
    const folded = document.getElementById(location.hash.slice(1))?.querySelector(".question__folded");
    if (folded) folded.open = true;
  };
  window.addEventListener("hashchange", unfold);
  phone.addEventListener("change", show);

  panel.hidden = false;
  unfold();
  show();
})();
