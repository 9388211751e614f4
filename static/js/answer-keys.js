// One key an answer: 1 to 5 and D choose and go on, N chooses, Enter goes on. A button switches the keys off.
// Also the buttons between questions, where a page shows one at a time. Without this file they save the page instead.

(() => {
  const panel = document.querySelector(".answer-keys");
  const [button, , said] = panel.children;
  const KEPT = "evenkeel-answer-keys";
  const OTHER_VALUES = { d: "unknown", n: "na" };
  let on = localStorage.getItem(KEPT) !== "off";

  const show = () => {
    button.textContent = on ? panel.dataset.on : panel.dataset.off;
    button.setAttribute("aria-pressed", on);
    document.body.classList.toggle("keys-on", on);
  };

  const questions = () => [...document.querySelectorAll("form.answers .question")].filter((each) => each.checkVisibility());
  const oneAtATime = () => questions().length === 1 && document.querySelectorAll("form.answers .question").length > 1;

  // Where the focus is; else the first one of which more than its end is in sight.
  const currentQuestion = () => {
    const focused = document.activeElement.closest(".question-screen")?.querySelector(".question");
    return focused ?? questions().find((each) => each.getBoundingClientRect().bottom > innerHeight / 3);
  };

  const focusOn = (question) => {
    const radios = [...question.querySelectorAll("input[type=radio]")];
    (radios.find((radio) => radio.checked) ?? radios[0]).focus({ preventScroll: true });
    const { height } = question.getBoundingClientRect();
    question.scrollIntoView({ block: height > innerHeight * 0.8 ? "start" : "nearest" });
  };

  const goTo = (question) => {
    if (!question.checkVisibility()) location.hash = question.id;
    focusOn(question);
  };

  const goOn = (question) => {
    const all = [...document.querySelectorAll("form.answers .question")];
    const next = all[all.indexOf(question) + 1];
    if (next) return goTo(next);
    const end = document.querySelector("form.answers .answers__end button");
    end.focus({ preventScroll: true });
    end.scrollIntoView({ block: "nearest" });
  };

  const choose = (question, value) => {
    const radio = question.querySelector(`input[type=radio][value="${value}"]`);
    if (!radio || radio.disabled) return false;
    if (!radio.checked) {
      radio.checked = true;
      for (const name of ["input", "change"]) radio.dispatchEvent(new Event(name, { bubbles: true }));
    }
    said.textContent = `${panel.dataset.said} ${radio.labels[0].textContent.trim()}`;
    return radio;
  };

  const isTaken = (target) => target.closest("a, button, summary, select, textarea, [contenteditable], input:not([type=radio])");

  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
    if (isTaken(event.target) || !panel.checkVisibility()) return;
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
    if (value !== "na") return goOn(question);
    radio.focus({ preventScroll: true });
    question.querySelector(".question__reason textarea")?.focus();
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

  panel.hidden = false;
  show();
})();
