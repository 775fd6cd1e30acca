import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';

/** A request whose body comes in two parts, as over a bad line. */
export class SlowRequest {
  readonly #request: ClientRequest;
  readonly #reply: Promise<IncomingMessage>;
  readonly #rest: string;

  /** Sends head and the first half of `body`; resolves when they have left this machine. */
  static async begin(url: string, body: string, headers: Record<string, string> = {}): Promise<SlowRequest> {
    const slow = new SlowRequest(url, body, headers);
    await new Promise<void>((resolve) =>
      slow.#request.write(body.slice(0, body.length / 2), () => resolve()),
    );
    return slow;
  }

  private constructor(url: string, body: string, headers: Record<string, string>) {
    this.#request = request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
      agent: false,
    });
    this.#reply = once(this.#request, 'response').then(([reply]) => reply as IncomingMessage);
    this.#reply.catch(() => undefined);
    this.#rest = body.slice(body.length / 2);
  }

  /** Sends the rest; resolves with the reply, rejects where the connection breaks off. */
  async finish(): Promise<{ status: number; body: string }> {
    this.#request.end(this.#rest);
    return this.reply();
  }

  async reply(): Promise<{ status: number; body: string }> {
    const reply = await this.#reply;
    const parts: Buffer[] = [];
    for await (const part of reply) parts.push(part as Buffer);
    return { status: reply.statusCode!, body: Buffer.concat(parts).toString() };
  }
}
