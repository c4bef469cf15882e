// A client's four sockets. Shell, control and stdin share one routing id: by it the kernel finds the client that its
// input_request belongs to.
import { randomUUID } from "node:crypto";
import { Dealer, Subscriber } from "zeromq";
import { addressOf, type Connection } from "./connection.js";
import { type Frames, SendQueue } from "./sendQueue.js";

export type RequestChannel = "shell" | "control" | "stdin";
type Receive = (channel: RequestChannel | "iopub", frames: Buffer[]) => void;

export class ClientSockets {
  readonly #dealers: Readonly<Record<RequestChannel, Dealer>>;
  readonly #iopub: Subscriber;
  readonly #queues: Readonly<Record<RequestChannel, SendQueue>>;

  constructor(connection: Connection) {
    const options = {
      routingId: randomUUID(),
      sendHighWaterMark: 0,
      receiveHighWaterMark: 0,
      // the kernel may be gone: what it did not take must not keep this process alive
      linger: 0,
      reconnectInterval: 20,
    };
    this.#dealers = { shell: new Dealer(options), control: new Dealer(options), stdin: new Dealer(options) };
    this.#iopub = new Subscriber({ receiveHighWaterMark: 0, linger: 0, reconnectInterval: 20 });
    for (const [name, dealer] of Object.entries(this.#dealers) as [RequestChannel, Dealer][])
      dealer.connect(addressOf(connection, name));
    this.#iopub.connect(addressOf(connection, "iopub"));
    this.#iopub.subscribe();
    // a send to a kernel that ended fails; its end is reported by its process
    const ignore = (): void => {};
    this.#queues = {
      shell: new SendQueue(this.#dealers.shell, ignore),
      control: new SendQueue(this.#dealers.control, ignore),
      stdin: new SendQueue(this.#dealers.stdin, ignore),
    };
  }

  listen(receive: Receive): void {
    const read = async (name: Parameters<Receive>[0], socket: AsyncIterable<Buffer[]>): Promise<void> => {
      for await (const frames of socket) receive(name, frames);
    };
    for (const [name, dealer] of Object.entries(this.#dealers) as [RequestChannel, Dealer][])
      void read(name, dealer);
    void read("iopub", this.#iopub);
  }

  send(channel: RequestChannel, frames: Frames): void {
    this.#queues[channel].push(frames);
  }

  close(): void {
    for (const dealer of Object.values(this.#dealers)) dealer.close();
    this.#iopub.close();
  }
}
