// Autosave around htmx: says what is going on, keeps what a failed save did not store, and tries again.
// The page works without this file: then the button at its end saves everything.

const TYPING_PAUSE = 1200;
const FIRST_RETRY = 3000;
const LONGEST_RETRY = 60000;
const timers = new WeakMap();
const retries = new Map();

function stateOf(question) {
  return question.querySelector(".save-state");
}

function say(question, text, className) {
  const note = document.createElement("span");
  note.className = className;
  note.textContent = text;
  stateOf(question).replaceChildren(note);
  return note;
}

function isText(element) {
  return element.matches("textarea, input[type=text]");
}

function save(question) {
  question.dispatchEvent(new CustomEvent("typed", { bubbles: true }));
}

function failed(question) {
  const waited = retries.get(question)?.wait;
  const wait = waited ? Math.min(waited * 2, LONGEST_RETRY) : FIRST_RETRY;
  clearTimeout(retries.get(question)?.timer);
  retries.set(question, { wait, timer: setTimeout(() => save(question), wait) });
  const { failed: text, retry } = stateOf(question).dataset;
  const note = say(question, text, "field-error");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-secondary btn-sm";
  button.textContent = retry;
  button.addEventListener("click", () => save(question));
  note.after(button);
}

function settled(question) {
  clearTimeout(retries.get(question)?.timer);
  retries.delete(question);
  question.classList.remove("question--unsaved");
}

document.addEventListener("input", (event) => {
  const question = event.target.closest(".question");
  if (!question) return;
  question.classList.add("question--unsaved");
  if (!isText(event.target)) return;
  clearTimeout(timers.get(question));
  timers.set(question, setTimeout(() => save(question), TYPING_PAUSE));
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const question = event.target.closest(".question");
  if (!question) return;
  clearTimeout(timers.get(question));
  question.classList.remove("question--unsaved");
  question.classList.add("question--saving");
  say(question, stateOf(question).dataset.saving, "muted");
});

document.addEventListener("htmx:afterRequest", (event) => {
  const question = event.target.closest(".question");
  if (!question) return;
  question.classList.remove("question--saving");
  const status = event.detail.xhr.status;
  if (event.detail.successful || status === 409 || status === 422) settled(question);
  else failed(question);
});

// A sign-in page instead of an answer means that the session has ended: reload, so that a person can sign in.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (new URL(xhr.responseURL).pathname !== requestConfig.path) {
    event.detail.shouldSwap = false;
    failed(event.target.closest(".question"));
  }
});

window.addEventListener("online", () => [...retries.keys()].forEach(save));

window.addEventListener("beforeunload", (event) => {
  const unsaved = document.querySelector(".question--unsaved, .question--saving");
  if (!submitting && (unsaved || retries.size)) event.preventDefault();
});

let submitting = false;
document.addEventListener("submit", () => {
  submitting = true;
});
