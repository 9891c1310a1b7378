import Box from "@cloudscape-design/components/box";
import Spinner from "@cloudscape-design/components/spinner";
import { reachable } from "../api/client";
import { useSignal } from "./useSignal";

/** Until there is something to show; says so when the server is the reason. */
export function Busy() {
  const here = useSignal(reachable);
  return (
    <Box textAlign="center" padding="xxxl" variant="div">
      <Spinner size="large" />
      <Box variant="p" color="text-body-secondary">
        <span role="status">
          {here ? "Loading" : "The server does not answer. The console goes on by itself as soon as it does."}
        </span>
      </Box>
    </Box>
  );
}
