import { fields, postJson, text } from "../http";

/** What the caller hears. */
export interface Heard {
  words: string;
  ended: boolean;
  paymentUrl: string | undefined;
}

/** A simulated telephone line: the same calls as a carrier makes, over JSON. */
export class Line {
  private constructor(
    private readonly calls: string,
    private readonly id: string,
    readonly greeting: string,
  ) {}

  static async dial(calls: string): Promise<Line> {
    const call = fields(await postJson(calls, {}));
    const id = text(call["call_id"]);
    if (id === undefined) throw new Error("the call was not answered");
    return new Line(calls, id, text(call["text"]) ?? "");
  }

  async say(words: string): Promise<Heard> {
    return this.#turn({ speech: words });
  }

  async press(key: string): Promise<Heard> {
    return this.#turn({ digits: key });
  }

  async hangUp(): Promise<void> {
    await postJson(`${this.calls}/${this.id}/hang-up`, {});
  }

  async #turn(said: Record<string, string>): Promise<Heard> {
    const answer = fields(await postJson(`${this.calls}/${this.id}/turns`, said));
    return {
      words: text(answer["text"]) ?? "",
      ended: answer["ended"] === true,
      paymentUrl: text(answer["payment_url"]),
    };
  }
}
