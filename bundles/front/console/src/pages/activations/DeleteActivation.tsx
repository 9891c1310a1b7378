import Box from "@cloudscape-design/components/box";
import { deleteActivation, type Activation } from "../../api/calls";
import { Confirm } from "../../app/Confirm";
import { notify } from "../../app/notices";

interface Props {
  activation: Activation;
  onClose: (done: boolean) => void;
}

/** Asks, then deletes an activation. */
export function DeleteActivation({ activation, onClose }: Props) {
  return (
    <Confirm
      title="Delete activation"
      action="Delete"
      work={() => deleteActivation(activation.id)}
      onClose={(done) => {
        if (done) {
          notify({ type: "success", title: "Activation deleted", text: activation.id });
        }
        onClose(done);
      }}
    >
      <Box variant="p">
        Delete <b>{activation.description || activation.id}</b>? Its code lets nobody register any more. Nodes that
        registered with it stay.
      </Box>
    </Confirm>
  );
}
