// The kernel's five sockets. All of them are bound before the first message is read, and each has one ordered queue of
// messages to send. What the messages say is the server's business.
import { Reply, Router, XPublisher } from "zeromq";
import { addressOf, type ChannelName, type Connection, ConnectionError } from "./connection.js";
import { type Frames, SendQueue } from "./sendQueue.js";

export interface ChannelHandlers {
  shell(frames: Buffer[]): void;
  control(frames: Buffer[]): void;
  stdin(frames: Buffer[]): void;
  /** A client subscribed to a topic of iopub; called once for every subscription. */
  subscribed(topic: Buffer): void;
}

export type SendingChannel = Exclude<ChannelName, "hb">;

export interface Channels {
  /** Starts reading. A handler that throws is logged; reading goes on. */
  listen(handlers: ChannelHandlers): void;
  /** Queues one message; never blocks, never rejects. */
  send(channel: SendingChannel, frames: Frames): void;
  /** Resolves when all queued messages are with ZeroMQ. */
  drained(): Promise<void>;
  close(): void;
}

/** Messages still in ZeroMQ's hands get this long to leave after a socket is closed. */
const lingerMs = 1000;

/** @throws {ConnectionError} when an address cannot be bound, for example because a port is in use */
export async function openChannels(connection: Connection, log: (text: string) => void): Promise<Channels> {
  // high water mark 0: a slow client loses nothing
  const unlimited = { sendHighWaterMark: 0, receiveHighWaterMark: 0, linger: lingerMs };
  const sockets = {
    shell: new Router(unlimited),
    control: new Router(unlimited),
    stdin: new Router(unlimited),
    iopub: new XPublisher({ sendHighWaterMark: 0, linger: lingerMs }),
    hb: new Reply({ linger: 0 }),
  };
  // without allSubs only the first subscriber of a topic is reported, and later clients get no welcome
  sockets.iopub.verbosity = "allSubs";
  const close = (): void => {
    for (const socket of Object.values(sockets)) socket.close();
  };
  try {
    for (const [name, socket] of Object.entries(sockets) as [ChannelName, Router][])
      await bind(connection, name, socket);
  } catch (error) {
    close();
    throw error;
  }
  const queues = {
    shell: makeQueue("shell", sockets.shell, log),
    control: makeQueue("control", sockets.control, log),
    stdin: makeQueue("stdin", sockets.stdin, log),
    iopub: makeQueue("iopub", sockets.iopub, log),
  };
  return {
    listen(handlers) {
      void echo(sockets.hb, log);
      for (const name of ["shell", "control", "stdin"] as const)
        void read(sockets[name], handlers[name], `${name} channel`, log);
      // 1 begins a subscription, 0 ends one; the rest is the topic
      const onSubscription = ([frame]: Buffer[]): void => {
        if (frame?.[0] === 1) handlers.subscribed(frame.subarray(1));
      };
      void read(sockets.iopub, onSubscription, "iopub channel", log);
    },
    send: (channel, frames) => queues[channel].push(frames),
    async drained() {
      await Promise.all(Object.values(queues).map((queue) => queue.drained()));
    },
    close,
  };
}

async function bind(connection: Connection, name: ChannelName, socket: Router): Promise<void> {
  const address = addressOf(connection, name);
  try {
    await socket.bind(address);
  } catch (error) {
    const { code = "an error" } = error as NodeJS.ErrnoException;
    throw new ConnectionError(
      `kernel: connection file ${connection.file}: the ${name} address ${address} must be free, got ${code}\n` +
        "  help: another program uses the port, or the address is not this machine's; start the kernel again from its client, which picks new ports",
    );
  }
}

const makeQueue = (
  name: string,
  socket: { send(frames: (Uint8Array | string)[]): Promise<void> },
  log: (text: string) => void,
): SendQueue => new SendQueue(socket, (error) => log(`${name} channel: a send failed: ${error.message}`));

async function read(
  socket: AsyncIterable<Buffer[]>,
  handle: (frames: Buffer[]) => void,
  what: string,
  log: (text: string) => void,
): Promise<void> {
  for await (const frames of socket) {
    try {
      handle(frames);
    } catch (error) {
      log(`${what}: ${(error as Error).stack}`);
    }
  }
}

async function echo(heartbeat: Reply, log: (text: string) => void): Promise<void> {
  for await (const frames of heartbeat) {
    try {
      await heartbeat.send(frames);
    } catch (error) {
      log(`heartbeat: ${(error as Error).message}`);
    }
  }
}
