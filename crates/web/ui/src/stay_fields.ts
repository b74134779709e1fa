/** Keeps check-out after check-in while the guest chooses dates. */
export function joinStayFields(form: HTMLFormElement): void {
  const checkIn = form.elements.namedItem("check_in");
  const checkOut = form.elements.namedItem("check_out");
  if (!(checkIn instanceof HTMLInputElement) || !(checkOut instanceof HTMLInputElement)) return;
  checkIn.addEventListener("change", () => {
    const next = dayAfter(checkIn.value);
    if (next === undefined) return;
    checkOut.min = next;
    if (checkOut.value < next) checkOut.value = next;
  });
  for (const field of [checkIn, checkOut]) {
    // A click anywhere in the field opens the calendar, not only on its small icon.
    field.addEventListener("click", () => {
      try {
        field.showPicker();
      } catch {
        // Some browsers allow it only now and then; typing works all the same.
      }
    });
  }
}

function dayAfter(iso: string): string | undefined {
  const day = new Date(`${iso}T12:00:00Z`);
  if (Number.isNaN(day.valueOf())) return undefined;
  day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}
