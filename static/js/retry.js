// The page that says "away for a moment" asks again until there is an answer, and only then changes.

(() => {
  const seconds = Number(document.querySelector("[data-retry]").dataset.retry);

  // Not all at the same moment: whoever comes back has everybody's requests to answer.
  const again = () => setTimeout(ask, seconds * 1000 * (0.75 + Math.random() / 2));

  const ask = async () => {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      if (![502, 503, 504].includes(answer.status)) {
        location.reload();
        return;
      }
    } catch {
      // Nobody answers yet.
    }
    again();
  };

  again();
})();
