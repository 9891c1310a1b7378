import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { signedIn } from "../../api/client";
import { showPage } from "../../testing/page";
import { admin } from "../../testing/samples";
import { answering, problem } from "../../testing/server";
import SecondFactor from "./SecondFactor";

const SECRET = { secret: "JBSWY3DPEHPK3PXP", uri: "otpauth://totp/Sallyport:admin?secret=JBSWY3DPEHPK3PXP" };

beforeEach(() => signedIn.set(admin));

it("is on only when a code was right", async () => {
  const asked = answering({
    "POST /session/totp": () => ({ body: SECRET }),
    "PUT /session/totp": ({ body }) =>
      (body as { code: string }).code === "123456"
        ? { status: 204 }
        : problem("code-rejected", 401, "The code is not right."),
  });
  showPage(SecondFactor, "/account/second-factor");
  await userEvent.click(screen.getByRole("button", { name: "Turn on" }));
  expect(await screen.findByRole("img", { name: /QR code/ })).toBeInTheDocument();
  expect(screen.getByText("JBSW Y3DP EHPK 3PXP")).toBeInTheDocument();
  const code = screen.getByLabelText("2. Type the code that it shows");
  const turnOn = screen.getByRole("button", { name: "Turn on" });
  await userEvent.type(code, "12345");
  await userEvent.click(turnOn);
  expect(await screen.findByText("The code is six digits.")).toBeInTheDocument();
  expect(asked).toHaveLength(1);
  await userEvent.clear(code);
  await userEvent.type(code, "000000");
  await userEvent.click(turnOn);
  expect(await screen.findByText("The code is not right.")).toBeInTheDocument();
  expect(signedIn.get()?.totp).toBe(false);
  await userEvent.type(code, "123 456");
  await userEvent.click(turnOn);
  await waitFor(() => expect(signedIn.get()?.totp).toBe(true));
  // the secret is not to be seen any more
  await waitFor(() => expect(screen.queryByText("JBSW Y3DP EHPK 3PXP")).not.toBeInTheDocument());
});

it("is taken away with a code only", async () => {
  signedIn.set({ ...admin, totp: true });
  const asked = answering({ "DELETE /session/totp": () => ({ status: 204 }) });
  showPage(SecondFactor, "/account/second-factor");
  await userEvent.click(screen.getByRole("button", { name: "Turn off" }));
  expect(asked).toHaveLength(0);
  await userEvent.type(screen.getByLabelText("Type the code that your authenticator shows"), "123456");
  await userEvent.click(screen.getByRole("button", { name: "Turn off" }));
  await waitFor(() => expect(signedIn.get()?.totp).toBe(false));
  expect(asked[0]?.body).toEqual({ code: "123456" });
});
