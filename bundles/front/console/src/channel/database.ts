import { type Keep, type Kept, type KeptOutput, Moved, type Picture } from "./keep";

const NAME = "sallyport-terminals";
const SESSIONS = "sessions";
const OUTPUT = "output";
const BEFORE_ALL = -1;
const DAY = 24 * 3_600_000;
const HOUR = 3_600_000;

interface SessionRow {
  readonly id: string;
  readonly owner: string;
  readonly clientId: string;
  readonly page: string;
  readonly touched: number;
  readonly over?: number;
}

interface OutputRow extends KeptOutput {
  readonly session: string;
}

/** Before all output. A row of its own: it is large, and the session's row is read with each output. */
interface PictureRow extends Picture {
  readonly session: string;
  readonly first: typeof BEFORE_ALL;
}

/**
 * What this browser keeps of its terminals, in IndexedDB: rows of the browser's own, out of reach of other origins. Each call is one
 * transaction. Removed at sign-out, when another person signs in, an hour after a session's end, and a day after its last output.
 */
export class TerminalDatabase {
  private constructor(private readonly database: IDBDatabase) {}

  /** Rejected when this browser lets pages keep nothing. */
  static async open(): Promise<TerminalDatabase> {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore(SESSIONS, { keyPath: "id" });
      opening.result.createObjectStore(OUTPUT, { keyPath: ["session", "first"] });
    };
    const database = await answered(opening);
    database.onversionchange = () => database.close();
    return new TerminalDatabase(database);
  }

  /** Removes everything, also what other pages have. */
  static async forgetAll(): Promise<void> {
    await answered(indexedDB.deleteDatabase(NAME));
  }

  /** Removes what is old, and what others than this person left. */
  async purge(owner: string, now: number): Promise<void> {
    await this.write(async (sessions, output) => {
      for (const row of (await answered(sessions.getAll())) as SessionRow[]) {
        const old = now - row.touched > DAY || (row.over !== undefined && now - row.over > HOUR);
        if (old || row.owner !== owner) {
          sessions.delete(row.id);
          output.delete(ofSession(row.id));
        }
      }
    });
  }

  /** Whether a page of this browser has or had the session. */
  async knows(id: string): Promise<boolean> {
    const sessions = this.database.transaction(SESSIONS).objectStore(SESSIONS);
    return (await answered(sessions.count(id))) > 0;
  }

  /** For one page: the latest one that claims a session has it. */
  session(id: string, owner: string, now: () => number): Keep {
    return new DatabaseKeep(id, owner, now, (work) => this.write(work));
  }

  /** Fulfilled when the changes are committed. */
  private async write<T>(work: (sessions: IDBObjectStore, output: IDBObjectStore) => Promise<T>): Promise<T> {
    const transaction = this.database.transaction([SESSIONS, OUTPUT], "readwrite", { durability: "relaxed" });
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    });
    try {
      const result = await work(transaction.objectStore(SESSIONS), transaction.objectStore(OUTPUT));
      await done;
      return result;
    } catch (e) {
      done.catch(() => undefined);
      throw e;
    }
  }
}

type Write = <T>(work: (sessions: IDBObjectStore, output: IDBObjectStore) => Promise<T>) => Promise<T>;

class DatabaseKeep implements Keep {
  private readonly page = crypto.randomUUID();

  constructor(
    private readonly id: string,
    private readonly owner: string,
    private readonly now: () => number,
    private readonly write: Write,
  ) {}

  claim(): Promise<Kept> {
    return this.write(async (sessions, output) => {
      const row = (await answered(sessions.get(this.id))) as SessionRow | undefined;
      const clientId = row?.clientId ?? crypto.randomUUID();
      const held = { id: this.id, owner: this.owner, clientId, page: this.page, touched: this.now() };
      sessions.put({ ...row, ...held });
      const rows = (await answered(output.getAll(ofSession(this.id)))) as (PictureRow | OutputRow)[];
      const [head] = rows;
      const opened = row !== undefined;
      return head && isPicture(head)
        ? { clientId, opened, picture: pictureOf(head), output: rows.slice(1) as OutputRow[] }
        : { clientId, opened, output: rows as OutputRow[] };
    });
  }

  append(more: readonly KeptOutput[]): Promise<void> {
    return this.held(async (row, sessions, output) => {
      more.forEach((one) => output.put({ session: this.id, ...one } satisfies OutputRow));
      if (this.now() - row.touched > HOUR) {
        sessions.put({ ...row, touched: this.now() });
      }
    });
  }

  replace(picture: Picture): Promise<void> {
    return this.held(async (row, sessions, output) => {
      sessions.put({ ...row, touched: this.now() });
      output.put({ session: this.id, first: BEFORE_ALL, ...picture } satisfies PictureRow);
      output.delete(IDBKeyRange.bound([this.id, 0], [this.id, picture.next], false, true));
    });
  }

  async mine(): Promise<boolean> {
    return this.held(async () => true).catch((e: unknown) => !(e instanceof Moved));
  }

  over(): Promise<void> {
    return this.held(async (row, sessions) => {
      sessions.put({ ...row, over: this.now() });
    });
  }

  /** As long as this page has the session. */
  private held<T>(work: (row: SessionRow, sessions: IDBObjectStore, output: IDBObjectStore) => Promise<T>): Promise<T> {
    return this.write(async (sessions, output) => {
      const row = (await answered(sessions.get(this.id))) as SessionRow | undefined;
      if (row?.page !== this.page) {
        throw new Moved("The session goes on in another tab of this browser.");
      }
      return work(row, sessions, output);
    });
  }
}

/** Arrays sort behind numbers in keys, so the bound is behind each number. */
function ofSession(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, BEFORE_ALL], [id, []]);
}

function isPicture(row: PictureRow | OutputRow): row is PictureRow {
  return row.first === BEFORE_ALL;
}

function pictureOf({ next, text, size }: PictureRow): Picture {
  return { next, text, size };
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB failed"));
  });
}
