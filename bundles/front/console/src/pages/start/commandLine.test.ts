// @vitest-environment node
import { expect, it } from "vitest";
import { commandLine } from "./commandLine";

it("keeps what is typed from the shell", () => {
  expect(commandLine("mi-1", "", "")).toBe("sallyport start-session --target mi-1");
  expect(commandLine("mi-1", "it's $(late); rm", "My-Doc")).toBe(
    `sallyport start-session --target mi-1 --reason 'it'\\''s $(late); rm' --document-name My-Doc`,
  );
});
