/** What the server says when it refuses: RFC 9457. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(detail);
  }
}

const PATIENCE_MS = 45_000;

/** Posts JSON and returns the JSON answer; throws a Refusal, or an Error when nobody answers. */
export async function postJson(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer;
  const problem = fields(answer);
  throw new Refusal(response.status, text(problem["code"]) ?? "", text(problem["detail"]) ?? response.statusText);
}

/** The members of a JSON object; empty for anything else. */
export function fields(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** A non-empty string, or nothing. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
