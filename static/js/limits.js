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
