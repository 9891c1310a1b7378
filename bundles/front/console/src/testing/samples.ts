import type { Signed } from "../api/client";
import type { ManagedNode, Session } from "../api/calls";

export const admin: Signed = {
  user: { id: "u-1", name: "admin", arn: "arn:aws:iam::000000000001:user/admin" },
  csrf: "forgery-token",
  expiresAt: "2026-01-02T00:00:00Z",
  totp: false,
};

export const node = (id: string, more: Partial<ManagedNode> = {}): ManagedNode => ({
  id,
  name: `name of ${id}`,
  computerName: "host",
  pingStatus: "Online",
  connected: true,
  platformType: "Linux",
  platformName: "Debian",
  platformVersion: "12",
  agentName: "sallyport-agent",
  agentVersion: "0.1",
  ipAddress: "192.0.2.7",
  tags: {},
  registeredAt: "2026-01-01T00:00:00Z",
  lastPingAt: "2026-01-01T00:00:00Z",
  activationId: "a-1",
  role: "SSMServiceRole",
  hybrid: true,
  state: "ACTIVE",
  provenBy: "activation",
  subject: null,
  registeredFrom: "192.0.2.7",
  otherMachines: [],
  ...more,
});

export const session = (id: string, more: Partial<Session> = {}): Session => ({
  id,
  target: "mi-1",
  targetName: "web-1",
  owner: "arn:aws:iam::000000000001:user/admin",
  ownerName: "admin",
  document: "SSM-SessionManagerRunShell",
  reason: null,
  status: "Connected",
  startedAt: "2026-01-01T00:00:00Z",
  endedAt: null,
  cause: null,
  causeText: null,
  mine: true,
  ...more,
});
