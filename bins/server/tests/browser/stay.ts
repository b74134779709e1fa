// Dates of stays, counted from today at the motel (New York). Each test takes a week of its own, and the weeks
// begin on a Monday, so that the price of a stay is known: no Friday or Saturday night among the first four.

export interface Stay {
  checkIn: string;
  checkOut: string;
}

export function stayInWeek(week: number, nights: number): Stay {
  const monday = new Date(`${todayAtTheMotel()}T12:00:00Z`);
  monday.setUTCDate(monday.getUTCDate() + ((8 - monday.getUTCDay()) % 7 || 7) + 7 * week);
  const leave = new Date(monday);
  leave.setUTCDate(leave.getUTCDate() + nights);
  return { checkIn: iso(monday), checkOut: iso(leave) };
}

/** "December 14 to December 17", as a guest would write it. */
export function inWords(stay: Stay): string {
  return `${spoken(stay.checkIn)} to ${spoken(stay.checkOut)}`;
}

function todayAtTheMotel(): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "America/New_York" }).format(new Date());
}

function iso(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function spoken(day: string): string {
  return new Intl.DateTimeFormat("en-US", { month: "long", day: "numeric", timeZone: "UTC" }).format(new Date(`${day}T12:00:00Z`));
}
