/** A value that changes, and who wants to know. */
export class Signal<T> {
  private readonly listeners = new Set<() => void>();

  constructor(private current: T) {}

  get = (): T => this.current;

  set(value: T): void {
    if (value !== this.current) {
      this.current = value;
      this.listeners.forEach((listener) => listener());
    }
  }

  /** Returns what ends it. */
  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}
