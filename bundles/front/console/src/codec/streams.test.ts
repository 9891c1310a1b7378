// @vitest-environment node
import { describe, expect, it } from "vitest";
import { Seeded } from "../testing/random";
import type { AgentMessage } from "./message";
import { StreamReceiver } from "./receiver";
import { StreamSender } from "./sender";
import { PayloadType } from "./types";

const seeds = Array.from({ length: 20 }, (_, i) => i + 1);

interface Arrival {
  readonly time: number;
  readonly happen: () => void;
}

/** A sender and a receiver over a link that loses, doubles and reorders in both directions, and breaks now and then. */
class Link {
  now = 1_000;
  lost = 0;
  private arrivals: Arrival[] = [];

  constructor(readonly random: Seeded) {}

  transmit(happen: () => void): void {
    const copies = this.random.below(5) === 0 ? 0 : this.random.below(10) === 0 ? 2 : 1;
    this.lost += copies === 0 ? 1 : 0;
    for (let i = 0; i < copies; i++) {
      this.arrivals.push({ time: this.now + 1 + this.random.below(120), happen });
    }
  }

  step(): void {
    this.now += 10;
    const due = this.arrivals.filter((arrival) => arrival.time <= this.now).sort((a, b) => a.time - b.time);
    this.arrivals = this.arrivals.filter((arrival) => arrival.time > this.now);
    due.forEach((arrival) => arrival.happen());
  }

  cut(): void {
    this.arrivals = [];
  }
}

describe("streams", () => {
  it.each(seeds)("lose, double and reorder nothing over a bad link, seed %i", (seed) => {
    const link = new Link(new Seeded(seed));
    const toSend = link.random.bytes(20_000);
    const sender = new StreamSender(
      () => link.random.uuid(),
      () => 1_700_000_000_000,
    );
    const receiver = new StreamReceiver();
    const taken: number[] = [];
    const arrived = (message: AgentMessage) => {
      const { deliver, again } = receiver.frame(message);
      for (const one of deliver) {
        taken.push(...one.payload);
      }
      for (const one of again ? [again] : deliver) {
        link.transmit(() => sender.acknowledged(one.sequence, link.now));
      }
    };
    const transmit = (message: AgentMessage) => link.transmit(() => arrived(message));
    let sent = 0;

    while (link.now < 3_600_000 && !(sent === toSend.length && sender.unacknowledged() === 0)) {
      link.step();
      while (sent < toSend.length && !sender.full() && link.random.below(3) > 0) {
        const payload = toSend.subarray(sent, sent + 1 + link.random.below(300));
        sent += payload.length;
        transmit(sender.send(PayloadType.output, payload, link.now));
      }
      const again = sender.tick(link.now);
      if (again) {
        transmit(again);
      }
      if (link.random.below(200) === 0) {
        link.cut();
        sender.reconnected(link.now).forEach(transmit);
      }
    }

    expect(taken).toEqual([...toSend]);
    expect(link.lost).toBeGreaterThan(0);
  });

  it("acknowledge nothing before its turn, so that who goes on from there finds no gap", () => {
    const sender = new StreamSender(
      () => new Seeded(1).uuid(),
      () => 1,
    );
    const [first, second, third] = [1, 2, 3].map((n) => sender.send(PayloadType.output, Uint8Array.of(n), 0));
    const receiver = new StreamReceiver();

    expect(receiver.frame(third as AgentMessage)).toEqual({ deliver: [] });
    expect(receiver.frame(first as AgentMessage).deliver).toEqual([first]);
    expect(receiver.frame(second as AgentMessage).deliver).toEqual([second, third]);
    expect(receiver.frame(second as AgentMessage)).toEqual({ deliver: [], again: second });
    expect(receiver.expected()).toBe(3);
  });

  it("drop what is absurdly far ahead or too much to keep", () => {
    const receiver = new StreamReceiver();
    const message = (sequence: number, length: number) =>
      ({ sequence, payload: new Uint8Array(length) }) as AgentMessage;
    receiver.frame(message(20_000, 1));
    receiver.frame(message(1, 16 * 1024 * 1024));
    receiver.frame(message(2, 1));

    expect(receiver.frame(message(0, 1)).deliver).toHaveLength(2);
    expect(receiver.expected()).toBe(2);
  });
});

describe("a sender", () => {
  const make = (next = 0) =>
    new StreamSender(
      () => new Seeded(1).uuid(),
      () => 1,
      next,
    );

  it("sends the oldest again when it is overdue, and learns how long a way takes", () => {
    const sender = make();
    const first = sender.send(PayloadType.output, Uint8Array.of(1), 0);
    sender.send(PayloadType.output, Uint8Array.of(2), 0);

    expect(sender.tick(199)).toBeUndefined();
    expect(sender.tick(200)).toBe(first);
    expect(sender.tick(399)).toBeUndefined();
    sender.acknowledged(0, 900);
    expect(sender.oldestSent()).toBe(0);
    expect(sender.tick(1_100)).toMatchObject({ sequence: 1 });
    expect(sender.tick(2_000)).toBeUndefined();
  });

  it("rests while nobody is there, and then sends all that waits", () => {
    const sender = make(41);
    sender.send(PayloadType.output, Uint8Array.of(1), 0);
    sender.send(PayloadType.output, Uint8Array.of(2), 0);
    sender.pause();

    expect(sender.tick(10_000)).toBeUndefined();
    expect(sender.reconnected(10_000).map((message) => message.sequence)).toEqual([41, 42]);
    expect(sender.tick(10_500)).toMatchObject({ sequence: 41 });
  });

  it("is full at a window's worth and says so", () => {
    const sender = make();
    while (!sender.full()) {
      sender.send(PayloadType.output, new Uint8Array(1_024), 0);
    }

    expect(sender.unacknowledged()).toBe(512);
    expect(() => sender.send(PayloadType.output, new Uint8Array(1), 0)).toThrow(RangeError);
    sender.acknowledged(3, 1);
    expect(sender.full()).toBe(false);
  });
});
