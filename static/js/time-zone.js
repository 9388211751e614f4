// Says where the reader's day begins, so that reminders come in the morning. Nothing is sent before a form is.
for (const field of document.querySelectorAll("[data-time-zone]")) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (field.tagName !== "SELECT") field.value = here;
  else if (!field.value && [...field.options].some((option) => option.value === here)) field.value = here;
}
