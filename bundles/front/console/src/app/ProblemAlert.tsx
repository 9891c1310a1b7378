import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Link from "@cloudscape-design/components/link";
import type { Problem } from "../api/problem";
import { whyHref } from "./references";
import { useFollow } from "./useFollow";

const TITLES: Record<string, string> = {
  "access-denied": "You are not allowed to do this",
  unreachable: "The server does not answer",
  "service-away": "A part of the server is being updated",
  internal: "The server failed",
};

const FURTHER: Record<string, string> = {
  "access-denied": "Ask an administrator for the right that is named, or sign in as somebody who has it.",
  internal: "Try again; when it fails again, give the reference to who runs the server.",
};

/** What failed, why, and what to do. */
export function ProblemAlert({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  const follow = useFollow();
  const why = whyHref(problem.message);
  return (
    <Alert
      type={problem.passing ? "warning" : "error"}
      header={TITLES[problem.kind] ?? "This did not work"}
      action={onRetry && <Button onClick={onRetry}>Try again</Button>}
    >
      {problem.message} {FURTHER[problem.kind]}{" "}
      {why !== undefined && (
        <Link href={why} onFollow={follow}>
          Administrators see here why.
        </Link>
      )}
      {problem.reference && problem.status >= 500 && (
        <Box color="text-body-secondary" fontSize="body-s">
          Reference {problem.reference}
        </Box>
      )}
    </Alert>
  );
}
