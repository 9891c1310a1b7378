import { terminateSession, type Session } from "../../api/calls";
import { Confirm } from "../../app/Confirm";
import { notify } from "../../app/notices";

/** Asks, then ends a session. */
export function Terminate({
  session,
  name,
  onDone,
}: {
  session: Session;
  name: string;
  onDone: (done: boolean) => void;
}) {
  return (
    <Confirm
      title="Terminate session"
      action="Terminate"
      work={() => terminateSession(session.id)}
      onClose={(done) => {
        if (done) {
          notify({ type: "success", title: "Session terminated", text: session.id });
        }
        onDone(done);
      }}
    >
      Terminate <b>{session.id}</b> of {session.ownerName} on {name}? What runs in it is ended, and it cannot be taken
      up again.
    </Confirm>
  );
}
