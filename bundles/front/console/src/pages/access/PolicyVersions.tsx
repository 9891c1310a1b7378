import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useCallback, useState } from "react";
import {
  deleteVersion,
  getVersion,
  listVersions,
  makeDefault,
  type Policy,
  type PolicyVersion,
  type Wanted,
} from "../../api/access";
import { Confirm } from "../../app/Confirm";
import { notify, notifyProblem } from "../../app/notices";
import { time } from "../../app/times";
import type { Column } from "../../lists/ListTable";
import { DocumentView } from "./DocumentView";
import { PartTable } from "./PartTable";
import { useList } from "./useList";

/** The versions of a policy; five at most. */
export function PolicyVersions({ policy, onChanged }: { policy: Policy; onChanged: () => void }) {
  const { arn } = policy;
  const pages = useList<PolicyVersion>(
    useCallback((query: Wanted, signal: AbortSignal) => listVersions(arn, query, signal), [arn]),
  );
  const [asking, setAsking] = useState<{ id: string; act: "default" | "delete" }>();
  const [shown, setShown] = useState<{ id: string; document: string }>();
  const show = (id: string) =>
    getVersion(arn, id).then(
      (document) => setShown({ id, document }),
      (thrown: unknown) => notifyProblem(`Version ${id} cannot be opened`, thrown),
    );
  const columns: readonly Column<PolicyVersion>[] = [
    { id: "id", header: "Version", cell: (one) => one.id, rowHeader: true },
    {
      id: "default",
      header: "Counts",
      cell: (one) => (one.isDefault ? <StatusIndicator type="success">Default</StatusIndicator> : "-"),
    },
    { id: "created", header: "Created", cell: (one) => time(one.createdAt), minWidth: 170 },
    {
      id: "action",
      header: "Actions",
      minWidth: 220,
      cell: (one) => (
        <SpaceBetween direction="horizontal" size="s">
          <Button variant="inline-link" ariaLabel={`Show version ${one.id}`} onClick={() => void show(one.id)}>
            Show
          </Button>
          {!one.isDefault && (
            <Button
              variant="inline-link"
              ariaLabel={`Make default: version ${one.id}`}
              onClick={() => setAsking({ id: one.id, act: "default" })}
            >
              Make default
            </Button>
          )}
          {!one.isDefault && (
            <Button
              variant="inline-link"
              ariaLabel={`Delete version ${one.id}`}
              onClick={() => setAsking({ id: one.id, act: "delete" })}
            >
              Delete
            </Button>
          )}
        </SpaceBetween>
      ),
    },
  ];
  const deletes = asking?.act === "delete";
  return (
    <>
      <PartTable
        title="Versions"
        description="Five at most; delete one to save another."
        pages={pages}
        columns={columns}
        id={(one) => one.id}
        empty="There is no version."
      />
      {shown && (
        <Modal
          visible
          size="large"
          header={`${policy.name}, version ${shown.id}`}
          closeAriaLabel="Close"
          onDismiss={() => setShown(undefined)}
          footer={
            <Box float="right">
              <Button onClick={() => setShown(undefined)}>Close</Button>
            </Box>
          }
        >
          <DocumentView label={`Version ${shown.id}`} text={shown.document} />
        </Modal>
      )}
      {asking && (
        <Confirm
          title={deletes ? "Delete version" : "Make default"}
          action={deletes ? "Delete" : "Make default"}
          work={() => (deletes ? deleteVersion(arn, asking.id) : makeDefault(arn, asking.id))}
          onClose={(done) => {
            setAsking(undefined);
            if (done) {
              notify({ type: "success", title: deletes ? "Version deleted" : "Default changed", text: asking.id });
              pages.reload();
              onChanged();
            }
          }}
        >
          {deletes ? (
            <>
              Delete version <b>{asking.id}</b>? Its number is never used again.
            </>
          ) : (
            <>
              Let version <b>{asking.id}</b> count from now on, for everything that has <b>{policy.name}</b>?
            </>
          )}
        </Confirm>
      )}
    </>
  );
}
