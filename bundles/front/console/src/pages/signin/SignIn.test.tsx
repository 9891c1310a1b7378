import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { signedIn } from "../../api/client";
import { admin } from "../../testing/samples";
import { answering, problem } from "../../testing/server";
import { SignIn } from "./SignIn";

async function fill(password: string) {
  const person = userEvent.setup();
  render(<SignIn />);
  await person.type(screen.getByLabelText("User name"), "admin");
  await person.type(screen.getByLabelText("Password"), password);
  await person.click(screen.getByRole("button", { name: "Sign in" }));
  return person;
}

it("signs in", async () => {
  const asked = answering({ "POST /session": () => ({ body: admin }) });
  await fill("secret");
  await waitFor(() => expect(signedIn.get()).toEqual(admin));
  expect(asked[0]?.body).toEqual({ user: "admin", password: "secret", code: null });
});

it("says that the password is wrong, empties it and goes on there", async () => {
  answering({ "POST /session": () => problem("credentials-rejected", 401, "The user name or the password is wrong.") });
  await fill("wrong");
  expect(await screen.findByRole("alert")).toHaveTextContent("The user name or the password is wrong.");
  expect(screen.getByLabelText("Password")).toHaveValue("");
  expect(screen.getByLabelText("Password")).toHaveFocus();
});

it("asks for the code when the account has a second factor", async () => {
  const asked = answering({
    "POST /session": ({ body }) =>
      (body as { code: string | null }).code === "123456"
        ? { body: admin }
        : problem("code-required", 401, "Type the code that your authenticator shows."),
  });
  const person = await fill("secret");
  const code = await screen.findByLabelText("Code");
  expect(code).toHaveFocus();
  await person.type(code, "123 456");
  await person.click(screen.getByRole("button", { name: "Sign in" }));
  await waitFor(() => expect(signedIn.get()).toEqual(admin));
  expect(asked).toHaveLength(2);
});

it("counts down the time to wait, and does not ask meanwhile", async () => {
  const asked = answering({
    "POST /session": () => problem("too-many-tries", 429, "Signing in failed too often.", { "Retry-After": "60" }),
  });
  const person = await fill("guess");
  const button = await screen.findByRole("button", { name: /wait \d+ s/ });
  await person.click(button);
  expect(asked).toHaveLength(1);
});
