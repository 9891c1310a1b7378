// A server and an agent of their own, with data and ports that outlive their processes.
import { spawn } from "node:child_process";
import { createHash, createHmac, X509Certificate } from "node:crypto";
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Agent, request } from "node:https";

const DISTRO = process.env.SALLYPORT_DISTRO;
const START_MILLIS = 180_000;
const REGION = "onprem-1";

const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const hmac = (key, text) => createHmac("sha256", key).update(text).digest();

export async function until(what, ask, millis = 60_000) {
  const end = Date.now() + millis;
  let last;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (e) {
      last = e;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what} did not come within ${millis / 1000} s${last ? `: ${last}` : ""}`);
}

async function ended(child) {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGCONT");
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 30_000);
  await gone;
  clearTimeout(late);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "localhost", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

export class Site {
  #server;
  #agent;

  /** @param seeded whether the store is to hold 1,000 nodes and 10,000 past sessions */
  static async start(folder, { seeded = false } = {}) {
    const site = new Site();
    site.folder = folder;
    mkdirSync(folder, { recursive: true });
    // one that may be written to while the server runs
    cpSync(join(DISTRO, "server/etc"), site.#etc, { recursive: true });
    site.ports = { api: await freePort(), channel: await freePort(), metrics: await freePort() };
    site.url = `https://localhost:${site.ports.api}`;
    await site.startServer();
    if (seeded) {
      await site.stop();
      await site.#seed();
      await site.startServer();
    }
    // sessions on machines of one's own need the advanced tier
    const setting = { SettingId: "/ssm/managed-instance/activation-tier", SettingValue: "advanced" };
    await until("the tier", () => site.#call("AmazonSSM.UpdateServiceSetting", setting));
    return site;
  }

  async startServer() {
    const { api, channel, metrics } = this.ports;
    const options = `-Dsallyport.api.port=${api} -Dsallyport.channel.port=${channel} -Dsallyport.metrics.port=${metrics}`;
    this.#server = this.#run("server", "server/bin/sallyport-server", [], {
      SALLYPORT_DATA: this.#data,
      SALLYPORT_ETC: this.#etc,
      SALLYPORT_JAVA_OPTS: options,
    });
    await until("the server", async () => {
      if (this.#server.exitCode !== null) throw new Error(`the server ended, see ${this.folder}/server.out`);
      return existsSync(join(this.#data, "initial-admin.json")) && (await this.#ready());
    }, START_MILLIS);
  }

  /** As a power switch. */
  async kill() {
    const gone = new Promise((resolve) => this.#server.once("exit", resolve));
    this.#server.kill("SIGKILL");
    await gone;
  }

  /** Whether the server runs; while it does not, its connections stay and nothing answers, as with a network that is away. */
  freeze(frozen) {
    this.#server.kill(frozen ? "SIGSTOP" : "SIGCONT");
  }

  admin() {
    const made = JSON.parse(readFileSync(join(this.#data, "initial-admin.json"), "utf8"));
    return { user: made.adminUser, password: made.adminPassword };
  }

  /** Registers this machine with an activation and starts its agent. */
  async enrol(id, code) {
    const ca = new X509Certificate(readFileSync(join(this.#data, "tls/ca.pem")));
    const fingerprint = ca.fingerprint256.replaceAll(":", "").toLowerCase();
    const channel = `https://localhost:${this.ports.channel}`;
    const words = ["register", "--url", this.url, "--channel-url", channel, "--ca-fingerprint", fingerprint, "--id", id];
    const registering = this.#run("register", "agent/bin/sallyport-agent", [...words, ...this.#agentData], {}, "pipe");
    registering.stdin.end(`${code}\n`);
    const status = await new Promise((resolve) => registering.once("exit", resolve));
    if (status !== 0) throw new Error(`no registration, see ${this.folder}/register.out`);
    this.startAgent();
    return JSON.parse(readFileSync(join(this.folder, "agent-data/identity.json"), "utf8")).nodeId;
  }

  startAgent() {
    this.#agent = this.#run("agent", "agent/bin/sallyport-agent", ["run", ...this.#agentData], {});
  }

  async stopAgent() {
    await ended(this.#agent);
  }

  /** Writes the settings of a component, which the running server takes within a second; without them, takes them away. */
  configure(component, settings) {
    const file = join(this.#etc, `${component}.cfg`);
    if (settings === undefined) {
      rmSync(file);
    } else {
      writeFileSync(file, Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`).join(""));
    }
  }

  async stop() {
    await ended(this.#agent);
    await ended(this.#server);
  }

  async #seed() {
    const command = JSON.parse(process.env.SALLYPORT_SEED ?? "[]");
    if (command.length === 0) throw new Error("SALLYPORT_SEED must be the command that fills a store; use distro/bench browser-lists");
    const [program, ...words] = command;
    const out = openSync(join(this.folder, "seed.out"), "a");
    const child = spawn(program, [...words, "--data", this.#data], { stdio: ["ignore", out, out] });
    closeSync(out);
    const status = await new Promise((resolve) => child.once("exit", resolve));
    if (status !== 0) throw new Error(`the store was not filled, see ${this.folder}/seed.out`);
  }

  /** Whether a call of the AWS-shaped API, signed by the first administrator, succeeds. */
  #call(target, body) {
    const { accessKeyId, secretAccessKey } = JSON.parse(readFileSync(join(this.#data, "initial-admin.json"), "utf8"));
    const content = JSON.stringify(body);
    const date = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    const scope = `${date.slice(0, 8)}/${REGION}/ssm/aws4_request`;
    const headers = {
      "content-type": "application/x-amz-json-1.1",
      host: `localhost:${this.ports.api}`,
      "x-amz-date": date,
      "x-amz-target": target,
    };
    const names = Object.keys(headers).join(";");
    const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
    const canonical = ["POST", "/", "", lines.join(""), names, sha256(content)].join("\n");
    const key = [date.slice(0, 8), REGION, "ssm", "aws4_request"].reduce(hmac, `AWS4${secretAccessKey}`);
    const signature = hmac(key, ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n")).toString("hex");
    headers.authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
    return new Promise((resolve) => {
      const asking = request(this.url, { agent: this.#trust(), method: "POST", headers, timeout: 5_000 }, (answer) => {
        answer.resume();
        resolve(answer.statusCode === 200);
      });
      asking.on("error", () => resolve(false));
      asking.on("timeout", () => asking.destroy());
      asking.end(content);
    });
  }

  #trust() {
    return new Agent({ ca: readFileSync(join(this.#data, "tls/ca.pem")) });
  }

  get #etc() {
    return join(this.folder, "etc");
  }

  get #data() {
    return join(this.folder, "data");
  }

  get #agentData() {
    return ["--data", join(this.folder, "agent-data")];
  }

  /** Whether the console and its API answer. */
  #ready() {
    return new Promise((resolve) => {
      const asking = request(`${this.url}/console/api/v1/session`, { agent: this.#trust(), timeout: 5_000 }, (answer) => {
        answer.resume();
        resolve(answer.statusCode === 401);
      });
      asking.on("error", () => resolve(false));
      asking.on("timeout", () => asking.destroy());
      asking.end();
    });
  }

  #run(name, program, words, environment, stdin = "ignore") {
    const out = openSync(join(this.folder, `${name}.out`), "a");
    const child = spawn(join(DISTRO, program), words, {
      env: { ...process.env, ...environment },
      stdio: [stdin, out, out],
    });
    closeSync(out);
    return child;
  }
}
